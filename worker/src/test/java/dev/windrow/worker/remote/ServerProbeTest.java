package dev.windrow.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windrow.worker.remote.ServerProbe.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod would find where it looks for its server. */
final class ServerProbeTest {

    private final HttpServer server;

    ServerProbeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String scheme) {
        return "%s://127.0.0.1:%d".formatted(scheme, server.getAddress().getPort());
    }

    private void answer(String path, int status) {
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
    }

    private static Found look(String url) throws InterruptedException {
        return new ServerProbe(URI.create(url), InstantSource.system()).look();
    }

    private static void assertUnreached(String url, String cause) throws InterruptedException {
        assertThat(look(url))
                .isInstanceOfSatisfying(
                        Found.Unreached.class, one -> assertThat(one.cause()).contains(cause));
    }

    @Test
    void aServerThatDoesNotKnowTheTokenIsReached() throws InterruptedException {
        answer("/livez", 200);
        answer("/api/v1/agent/link", 401);

        assertThat(look(url("http"))).isEqualTo(new Found.Reached(""));
    }

    @Test
    void aProxyThatBreaksWebSocketsIsNamed() throws InterruptedException {
        answer("/livez", 200);
        answer("/api/v1/agent/link", 400);
        answer("/api/v1/agent/join", 401);

        assertThat(look(url("http")))
                .isEqualTo(
                        new Found.Reached(
                                "by plain requests only, as a WebSocket is answered with HTTP status 400"));
    }

    @Test
    void anotherServerIsNone() throws InterruptedException {
        assertUnreached(
                url("http"),
                "no Windrow server answers there: HTTP status 404 for /livez (expected: 200)");
        answer("/livez", 200);
        assertUnreached(
                url("http"), "HTTP status 404 to an agent (expected: 401 for a token of no job)");
    }

    @Test
    void tellsWhyNobodyCanBeAsked() throws IOException, InterruptedException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertUnreached(
                "http://127.0.0.1:" + free,
                "nobody listens at 127.0.0.1:%d (connection refused)".formatted(free));
        assertUnreached("http://windrow.invalid:7480", "the name windrow.invalid is unknown there");
    }

    @Test
    void aServerWithoutTlsIsToldFromOneThatIsNotTrusted() throws IOException, InterruptedException {
        Thread answering;
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            answering = Thread.ofVirtual().start(() -> answerPlainly(plain));
            assertUnreached(
                    "https://127.0.0.1:" + plain.getLocalPort(),
                    "it does not speak TLS (expected: an address with http://");
        }
        answering.join();
    }

    /** However often somebody comes: one who only looks whether there is a listener, or again. */
    private static void answerPlainly(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket one = plain.accept()) {
                one.getOutputStream()
                        .write(
                                "HTTP/1.1 400 Bad Request\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                // What is said to it has to be read, or the answer is thrown away.
                byte[] _ = one.getInputStream().readAllBytes();
            } catch (IOException _) {
                // The other side has enough, or the test has.
            }
        }
    }
}
