package dev.windrow.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeMainTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Instant now = Instant.EPOCH;

    private int run(String server) throws InterruptedException {
        return run(server, () -> now = now.plusSeconds(1));
    }

    private int run(String server, Runnable pause) throws InterruptedException {
        return new ProbeMain(() -> now, pause)
                .run(
                        Map.of(
                                "WINDROW_SERVER",
                                server,
                                "WINDROW_PROBE_RESULT",
                                folder.resolve("result").toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void waitsForAServerThatHasJustBegun() throws IOException, InterruptedException {
        int port = freePort();
        HttpServer server = HttpServer.create();
        server.createContext("/livez", exchange -> answer(exchange, 200));
        server.createContext("/api/v1/agent/link", exchange -> answer(exchange, 401));
        try {
            assertThat(run("http://127.0.0.1:" + port, () -> listen(server, port))).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(folder.resolve("result")).hasContent("");
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void listen(HttpServer server, int port) {
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void waitsForQuarterOfAMinuteAtMost() throws IOException, InterruptedException {
        int port = freePort();
        assertThat(run("http://127.0.0.1:" + port)).isEqualTo(ProbeMain.UNREACHED);
        assertThat(now).isEqualTo(Instant.EPOCH.plusSeconds(15));
        assertThat(folder.resolve("result"))
                .hasContent("nobody listens at 127.0.0.1:%d (connection refused)".formatted(port));
    }

    @Test
    void saysWhyTheServerCannotBeReached() throws IOException, InterruptedException {
        assertThat(run("http://windrow.invalid:7480")).isEqualTo(ProbeMain.UNREACHED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("the name windrow.invalid is unknown there\n");
        assertThat(now).as("names are not asked for again").isEqualTo(Instant.EPOCH);
        assertThat(folder.resolve("result"))
                .hasContent("the name windrow.invalid is unknown there");
    }

    @Test
    void refusesAnAddressThatIsNone() throws IOException, InterruptedException {
        assertThat(run("windrow:7480")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("result")))
                .startsWith("WINDROW_SERVER: windrow:7480 (expected: http");
    }
}
