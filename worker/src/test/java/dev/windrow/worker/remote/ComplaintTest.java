package dev.windrow.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Trouble;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, with a server that lets agents in and then says one thing only. */
final class ComplaintTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AgentMessage> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch all = new CountDownLatch(3);
    private HttpServer server;
    private EngineMessage answer = new EngineMessage.Bye(false);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Refuses WebSockets, so that all comes in plain requests. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.endsWith("/link")) {
            respond(exchange, 400, new byte[0]);
        } else if (path.endsWith("/sessions")) {
            respond(exchange, 201, "one".getBytes(StandardCharsets.US_ASCII));
        } else if (method.equals("POST")) {
            take(body);
            respond(exchange, 202, new byte[0]);
        } else if (method.equals("GET")) {
            await();
            respond(exchange, 200, MessageText.write(new EngineMessages(), answer));
        } else {
            respond(exchange, 204, new byte[0]);
        }
    }

    private void take(byte[] body) {
        try {
            MessageText.read(new AgentMessages(), body).ifPresent(heard::add);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
        all.countDown();
    }

    private void await() throws IOException {
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private boolean complain() throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Complaint(url, "secret", 3).make(Trouble.NO_PYTHON, "no Python");
    }

    @Test
    void saysWithTheReasonThatNobodyNeedsToWaitForItsWorkers() throws Exception {
        assertThat(complain()).isTrue();

        assertThat(heard.getFirst()).isInstanceOf(AgentMessage.Hello.class);
        assertThat(heard.subList(1, heard.size()))
                .containsExactly(
                        new AgentMessage.Broken(Trouble.NO_PYTHON, "no Python"),
                        new AgentMessage.WorkersEnded());
    }

    @Test
    void leavesWhenTheEngineEndsTheJobForIt() throws Exception {
        answer = new EngineMessage.EndWorkers(true);

        assertThat(complain()).isTrue();
    }
}
