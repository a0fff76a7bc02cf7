package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.http.ConnectionGuard;
import dev.windrow.runtime.host.HostLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep a connection and send next to nothing, or much too much. */
final class SlowClientsTest {

    private static final int MANY = 300;
    private static final long GIB = 1L << 30;

    /** What may be on its way in sockets and buffers when a connection is closed. */
    private static final long ON_ITS_WAY = 64L << 20;

    @TempDir Path home;

    private Socket begin(RunningApi api, String head) throws IOException {
        URI url = URI.create(api.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        String token = Files.readString(AdminToken.file(home)).strip();
        send(socket, head.replace("TOKEN", token));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket one : sockets) {
            one.close();
        }
    }

    private static String put(String path, String more) {
        return "PUT %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\n%s"
                .formatted(path, more);
    }

    private static String status(Socket socket) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                .readLine();
    }

    /** Reads the answer until the server closes the connection. */
    private static String answer(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void halfHeadsAndHalfBodiesKeepNobodyElseWaiting() throws Exception {
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                slow.add(begin(api, "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: "));
                slow.add(
                        begin(
                                api,
                                put(
                                        JOBS + "/x",
                                        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")));
            }
            for (int i = 0; i < 50; i++) {
                for (Socket one : slow.subList(0, 20)) {
                    send(one, "x");
                }
                assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
            }
            close(slow);
            assertThat(api.get(JOBS + "/x").statusCode()).isEqualTo(404);
            assertThat(api.faults).isEmpty();
        }
    }

    /** With a bound of one look: the server's own is a minute. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHeadOrABodyThatNeverEndsIsCutOff() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            ConnectionGuard guard = new ConnectionGuard(vertx, 10, 1);
            HttpServer server =
                    vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                            .connectionHandler(guard::opened)
                            .requestHandler(
                                    guard.around(request ->
                                            request.body()
                                                    .onSuccess(_ -> request.response().end("ok"))));
            int port =
                    server.listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .actualPort();
            try (Socket head = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket body = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket whole = new Socket(InetAddress.getLoopbackAddress(), port)) {
                send(head, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
                send(body, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
                send(whole, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(answer(whole)).contains("200 OK", "ok");
                assertThat(trickled(head)).isTrue();
                assertThat(trickled(body)).isTrue();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** Sends a byte whenever nothing has come for a while; true once the other side has closed. */
    private static boolean trickled(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        while (true) {
            try {
                send(socket, "x");
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException _) {
                // Still open.
            } catch (java.net.SocketException _) {
                return true;
            }
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aGibibyteIsRefusedByWhatItSaysOfItself() throws Exception {
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            String length = "Content-Length: %d\r\n\r\n{".formatted(GIB);
            String json = "Content-Type: application/json\r\n" + length;
            try (Socket submit = begin(api, put(JOBS + "/x", json))) {
                assertThat(status(submit)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
            }
            String blob = "/api/v1/workspaces/default/blobs/" + "0".repeat(64);
            String range =
                    "Content-Type: application/octet-stream\r\nContent-Range: bytes 0-%d/%d\r\n%s"
                            .formatted(GIB - 1, GIB, length);
            try (Socket upload = begin(api, put(blob, range))) {
                assertThat(status(upload)).startsWith("HTTP/1.1 4");
            }
            assertThat(api.faults).isEmpty();
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aGibibyteThatSaysNothingOfItselfIsCutOff() throws Exception {
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            for (String path :
                    List.of(
                            JOBS + "/x",
                            "/api/v1/tokens",
                            "/livez",
                            "/nowhere",
                            "/api/v1/workspaces/default/blobs/" + "0".repeat(64))) {
                assertThat(taken(api, path)).as(path).isLessThan(ON_ITS_WAY);
                assertThat(api.get("/livez").statusCode()).isEqualTo(200);
            }
            assertThat(api.faults).isEmpty();
        }
    }

    /** Bytes that the server's side takes of a body without end. */
    private long taken(RunningApi api, String path) throws IOException {
        byte[] chunk = new byte[1 << 20];
        byte[] head = "100000\r\n".getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try (Socket socket =
                begin(
                        api,
                        put(
                                path,
                                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"))) {
            OutputStream out = socket.getOutputStream();
            while (sent < GIB) {
                out.write(head);
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                sent += chunk.length;
            }
        } catch (java.net.SocketException _) {
            // Closed, as it should be.
        }
        return sent;
    }
}
