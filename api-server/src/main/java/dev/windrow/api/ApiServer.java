package dev.windrow.api;

import dev.windrow.api.agent.AgentOperations;
import dev.windrow.api.agent.TransferOperations;
import dev.windrow.api.compute.ComputeRoutes;
import dev.windrow.api.compute.DatastoreRoutes;
import dev.windrow.api.content.UploadOperations;
import dev.windrow.api.http.ConnectionGuard;
import dev.windrow.api.http.Dispatcher;
import dev.windrow.api.http.EventLoops;
import dev.windrow.api.http.Operation;
import dev.windrow.api.job.DetailOperations;
import dev.windrow.api.job.JobOperations;
import dev.windrow.api.job.ResultOperations;
import dev.windrow.api.job.SecretOperations;
import dev.windrow.api.meter.JobMeters;
import dev.windrow.api.meter.ServerMeters;
import dev.windrow.api.oidc.OidcGate;
import dev.windrow.protocol.Protocol;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.AgentAuthorities;
import dev.windrow.runtime.host.AgentSide;
import dev.windrow.runtime.host.Declared;
import dev.windrow.runtime.host.DeclaredThings;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerConfig.ManagementAddress;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.store.register.Register;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
    private static final int END_SECONDS = 3;

    private final HomeLock lock;
    private final AuditLog audit;
    private final Vertx vertx;
    private final ThreadPoolExecutor threads;
    private final JobHost host;
    private final HttpServer server;
    private final Optional<OidcGate> issuer;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService uploads = UploadThreads.make();
    private final AgentOperations agents;
    private volatile String url = "";
    private volatile String local = "";
    private volatile Optional<String> metricsUrl = Optional.empty();
    private volatile boolean ready;
    private Optional<DeclaredThings> declared = Optional.empty();

    private ApiServer(ServerConfig config, String version, BiConsumer<String, Throwable> faults)
            throws IOException {
        Path home = config.home();
        AgentSide agentSide = agentSide(config, version, faults);
        lock = HomeLock.take(home);
        InstantSource clock = InstantSource.system();
        Register register = Register.open(home.resolve("server").resolve("register.db"));
        TokenGate tokens = new TokenGate(adminToken(config), register, clock);
        ServerMeters meters = new ServerMeters(version, System::nanoTime);
        host = new JobHost(home, register, config.limits(), agentSide, clock, meters);
        agents = new AgentOperations(host.agents(), waiting, uploads, clock);
        audit = new AuditLog(home.resolve("server/audit.log"), AuditLog.MOST, clock, faults);
        vertx = EventLoops.make(faults);
        threads = requestThreads();
        Optional<Certificates> tls = tls(config, faults);
        HttpServerOptions options = options(config);
        tls.ifPresent(certificates -> certificates.applyTo(options));
        server = vertx.createHttpServer(options);
        tls.ifPresent(certificates -> certificates.watch(server, threads));
        issuer = config.security().oidc().map(oidc -> new OidcGate(oidc, threads, clock, faults));
        issuer.ifPresent(OidcGate::warmUp);
        FrontGate gate = new FrontGate(tokens, issuer);
        Dispatcher dispatcher = new Dispatcher(vertx, threads, gate, audit, faults, meters);
        ConnectionGuard guard = new ConnectionGuard(vertx, CONNECTIONS_MAX, IDLE_SECONDS);
        server.connectionHandler(guard::opened);
        server.invalidRequestHandler(Dispatcher::unreadable);
        server.requestHandler(
                guard.around(
                        dispatcher.router(
                                vertx,
                                operations(
                                        host,
                                        agents,
                                        uploads,
                                        tokens,
                                        this::url,
                                        version,
                                        () -> ready,
                                        clock),
                                BODY_MAX)));
        boolean listening = false;
        try {
            await(server.listen());
            metricsUrl = management(config, new JobMeters(meters, host::hosted));
            String scheme = tls.isPresent() ? "https" : "http";
            String own = address(scheme, config.bind(), server.actualPort());
            url = config.publicUrl().map(ApiServer::trimmed).orElse(own);
            local = tls.isPresent() ? agentDoor(home, guard, dispatcher) : own;
            listening = true;
        } finally {
            if (!listening) {
                close();
            }
        }
        vertx.setPeriodic(SWEEP_MILLIS, _ -> agents.sweep());
    }

    private AgentSide agentSide(
            ServerConfig config, String version, BiConsumer<String, Throwable> faults) {
        PodImages images =
                new PodImages(
                        config.images().agent().orElse(PodImages.agent(version)),
                        config.images().job().orElse(PodImages.USUAL_JOB));
        Optional<AgentAuthorities> authorities =
                config.security().agentAuthorities().map(file -> AgentAuthorities.in(file, faults));
        return new AgentSide(
                () -> URI.create(local),
                () -> URI.create(url),
                images,
                () -> authorities.map(AgentAuthorities::pem));
    }

    private static AdminToken adminToken(ServerConfig config) throws IOException {
        Optional<Path> given = config.security().token();
        return given.isPresent() ? AdminToken.in(given.get()) : AdminToken.of(config.home());
    }

    private static ThreadPoolExecutor requestThreads() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("request-", 0).factory());
    }

    /** Agents on this machine come in by a door of their own: they know no certificates. */
    private String agentDoor(Path home, ConnectionGuard guard, Dispatcher dispatcher)
            throws IOException {
        LocalDoor door =
                new LocalDoor(
                        home.resolve("server/agent.port"), port -> listen(port, guard, dispatcher));
        return address("http", LocalDoor.BIND, door.open());
    }

    private int listen(int port, ConnectionGuard guard, Dispatcher dispatcher) throws IOException {
        HttpServer door = vertx.createHttpServer(limited().setHost(LocalDoor.BIND).setPort(port));
        door.connectionHandler(guard::opened);
        door.invalidRequestHandler(Dispatcher::unreadable);
        door.requestHandler(guard.around(dispatcher.router(vertx, agents.all(), BODY_MAX)));
        await(door.listen());
        return door.actualPort();
    }

    private Optional<String> management(ServerConfig config, JobMeters meters) throws IOException {
        if (config.management().isEmpty()) {
            return Optional.empty();
        }
        ManagementAddress address = config.management().get();
        HttpServer management = Management.server(vertx, address, meters, threads);
        await(management.listen());
        return Optional.of(address("http", address.bind(), management.actualPort()) + "/metrics");
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
            ExecutorService uploads,
            TokenGate gate,
            Supplier<String> url,
            String version,
            java.util.function.BooleanSupplier ready,
            InstantSource clock) {
        List<Operation> all = new ArrayList<>(new ServerOperations(version, url, ready).all());
        all.addAll(new TokenOperations(gate).all());
        all.addAll(new JobOperations(host, url, clock).all());
        all.addAll(new SecretOperations(host, clock).all());
        all.addAll(new DetailOperations(host, url, clock).all());
        all.addAll(new ResultOperations(host, url).all());
        all.addAll(new ComputeRoutes(host.computes(), url).all());
        all.addAll(new DatastoreRoutes(host.datastores()).all());
        all.addAll(new UploadOperations(host, uploads).all());
        all.addAll(agents.all());
        all.addAll(new TransferOperations(host.transfers()).all());
        return all;
    }

    private static HttpServerOptions options(ServerConfig config) {
        return limited().setHost(config.bind()).setPort(config.port());
    }

    private static HttpServerOptions limited() {
        return new HttpServerOptions()
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

    private Optional<Certificates> tls(ServerConfig config, BiConsumer<String, Throwable> faults)
            throws IOException {
        try {
            return config.security().tls().map(files -> Certificates.of(vertx, files, faults));
        } catch (RuntimeException e) {
            closeParts();
            throw e;
        }
    }

    private static String address(String scheme, String bind, int port) {
        boolean any = bind.equals("0.0.0.0") || bind.equals("::");
        String name = any ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
        return scheme + "://" + name + ":" + port;
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
    public Optional<String> metricsUrl() {
        return metricsUrl;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void declare(Declared wanted, Consumer<String> told) {
        declared.ifPresent(DeclaredThings::close);
        declared = Optional.of(DeclaredThings.begin(host, wanted, told, InstantSource.system()));
    }

    @Override
    public void close() throws IOException {
        ready = false;
        declared.ifPresent(DeclaredThings::close);
        issuer.ifPresent(OidcGate::close);
        closeParts();
    }

    /**
     * Whoever has the home next must not meet anybody who still writes to it. What writes is not
     * interrupted, because that would close the files under others too: its clients are gone, and
     * so it ends by itself.
     */
    private void endThreads() {
        waiting.shutdownNow();
        List<ExecutorService> all = List.of(uploads, threads);
        all.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService one : all) {
                if (!one.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                    one.shutdownNow();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeParts() throws IOException {
        try {
            await(vertx.close());
        } finally {
            endThreads();
            host.close();
            audit.close();
            lock.close();
        }
    }
}
