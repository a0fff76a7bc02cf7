package dev.windrow.api;

import dev.windrow.api.agent.AgentOperations;
import dev.windrow.api.compute.ComputeRoutes;
import dev.windrow.api.compute.DatastoreRoutes;
import dev.windrow.api.content.UploadOperations;
import dev.windrow.api.http.ConnectionGuard;
import dev.windrow.api.http.Dispatcher;
import dev.windrow.api.http.Operation;
import dev.windrow.api.job.DetailOperations;
import dev.windrow.api.job.JobOperations;
import dev.windrow.api.job.ResultOperations;
import dev.windrow.protocol.Protocol;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.store.register.Register;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A server over one home: takes requests, and runs the jobs they submit. */
final class ApiServer implements RunningServer {

    private static final int THREADS = 16;
    private static final int WAITING = 2_000;
    private static final long BODY_MAX = 10L << 20;
    private static final int HEADERS_MAX = 16 << 10;
    private static final int CONNECTIONS_MAX = 4_000;
    private static final int IDLE_SECONDS = 60;
    private static final int WAIT_SECONDS = 30;
    private static final long SWEEP_MILLIS = 5_000;

    private final HomeLock lock;
    private final AuditLog audit;
    private final Vertx vertx;
    private final ThreadPoolExecutor threads;
    private final JobHost host;
    private final HttpServer server;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final AgentOperations agents;
    private volatile String url = "";
    private volatile String local = "";
    private volatile boolean ready;

    private ApiServer(ServerConfig config, String version, BiConsumer<String, Throwable> faults)
            throws IOException {
        Path home = config.home();
        lock = HomeLock.take(home);
        InstantSource clock = InstantSource.system();
        Register register = Register.open(home.resolve("server").resolve("register.db"));
        TokenGate gate = new TokenGate(AdminToken.of(home), register, clock);
        host = new JobHost(home, register, config.limits(), () -> URI.create(local), clock);
        agents = new AgentOperations(host.agents(), waiting, clock);
        audit = new AuditLog(home.resolve("server/audit.log"), AuditLog.MOST, clock, faults);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("request-", 0).factory());
        server = vertx.createHttpServer(options(config));
        Dispatcher dispatcher = new Dispatcher(vertx, threads, gate, audit, faults);
        ConnectionGuard guard = new ConnectionGuard(vertx, CONNECTIONS_MAX, IDLE_SECONDS);
        server.connectionHandler(guard::opened);
        server.invalidRequestHandler(Dispatcher::unreadable);
        server.requestHandler(
                guard.around(
                        dispatcher.router(
                                vertx,
                                operations(
                                        host, agents, gate, this::url, version, () -> ready, clock),
                                BODY_MAX)));
        boolean listening = false;
        try {
            await(server.listen());
            listening = true;
        } finally {
            if (!listening) {
                close();
            }
        }
        local = address(config.bind(), server.actualPort());
        vertx.setPeriodic(SWEEP_MILLIS, _ -> agents.sweep());
        url = config.publicUrl().map(ApiServer::trimmed).orElse(local);
    }

    static ApiServer start(
            ServerConfig config, String version, BiConsumer<String, Throwable> faults)
            throws IOException {
        ApiServer server = new ApiServer(config, version, faults);
        server.host.takeUp();
        server.ready = true;
        return server;
    }

    /** All operations, in the order of the contract. */
    static List<Operation> operations(
            JobHost host,
            AgentOperations agents,
            TokenGate gate,
            Supplier<String> url,
            String version,
            java.util.function.BooleanSupplier ready,
            InstantSource clock) {
        List<Operation> all = new ArrayList<>(new ServerOperations(version, url, ready).all());
        all.addAll(new TokenOperations(gate).all());
        all.addAll(new JobOperations(host, url, clock).all());
        all.addAll(new DetailOperations(host, url, clock).all());
        all.addAll(new ResultOperations(host, url).all());
        all.addAll(new ComputeRoutes(host.computes(), url).all());
        all.addAll(new DatastoreRoutes(host.datastores()).all());
        all.addAll(new UploadOperations(host, UploadThreads.make()).all());
        all.addAll(agents.all());
        return all;
    }

    private static HttpServerOptions options(ServerConfig config) {
        return new HttpServerOptions()
                .setHost(config.bind())
                .setPort(config.port())
                // One protocol less that a stranger can speak; TLS is where HTTP/2 is worth it.
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setWebSocketSubProtocols(List.of(Protocol.SUBPROTOCOL))
                .setMaxWebSocketFrameSize(Protocol.FRAME_MAX)
                .setMaxWebSocketMessageSize(Protocol.MESSAGE_MAX)
                .setMaxInitialLineLength(HEADERS_MAX)
                .setMaxHeaderSize(HEADERS_MAX);
    }

    private static String address(String bind, int port) {
        boolean any = bind.equals("0.0.0.0") || bind.equals("::");
        String name = any ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
        return "http://" + name + ":" + port;
    }

    private static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void await(io.vertx.core.Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("it takes too long", e);
        }
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        ready = false;
        try {
            await(vertx.close());
        } finally {
            threads.shutdownNow();
            waiting.shutdownNow();
            host.close();
            audit.close();
            lock.close();
        }
    }
}
