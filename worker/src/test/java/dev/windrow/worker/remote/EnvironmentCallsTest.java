package dev.windrow.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.protocol.environment.EnvironmentTurn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real socket, with a server that says what the test has put down. */
final class EnvironmentCallsTest {

    private static final String DIGEST = "a".repeat(64);
    private static final String LEASE = "b".repeat(32);

    @TempDir Path folder;

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private HttpServer server;
    private EnvironmentCalls calls;
    private String turn = "[\"wait\",3]";

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        calls =
                new EnvironmentCalls(
                        new ServerAddress(url, "secret"), 7, DIGEST, InstantSource.system());
    }

    @AfterEach
    void tearDown() {
        server.stop(0);
    }

    /** The next status that was put down; 200, and what belongs to it, when there is none. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getQuery());
        int status = Optional.ofNullable(statuses.poll()).orElse(200);
        String text = "{\"detail\":\"environment: too large\"}";
        if (status == 200 && exchange.getRequestMethod().equals("PATCH")) {
            received.writeBytes(body);
            text = "{\"size\":%d}".formatted(received.size());
        } else if (status == 200) {
            text = turn;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Of two pieces and a bit, which nothing can make smaller. */
    private Path environment() throws IOException {
        byte[] random = new byte[2 * EnvironmentTurn.PIECE_MAX + 1_000];
        new Random(1).nextBytes(random);
        Path made = Files.createDirectory(folder.resolve("build-1"));
        Files.write(made.resolve("file"), random);
        return made;
    }

    @Test
    void asksAgainWhileTheServerIsBusy() throws Exception {
        statuses.addAll(List.of(503, 503));

        assertThat(calls.claim(Optional.empty())).isEqualTo(new EnvironmentTurn.Wait(3));

        assertThat(asked).containsExactly("POST agent=7", "POST agent=7", "POST agent=7");
    }

    @Test
    void endsWhenTheJobHasEnded() {
        statuses.add(410);

        assertThatThrownBy(() -> calls.claim(Optional.empty()))
                .isInstanceOfSatisfying(
                        Carrier.Refused.class, refused -> assertThat(refused.gone()).isTrue());
    }

    @Test
    void holdsItsLeaseUnlessAnotherOneHasIt() throws Exception {
        turn = "[\"make\",\"%s\"]".formatted(LEASE);
        assertThat(calls.hold(LEASE)).isTrue();
        statuses.add(503);
        assertThat(calls.hold(LEASE)).isTrue();
        turn = "[\"wait\",3]";
        assertThat(calls.hold(LEASE)).isFalse();
        assertThat(asked).containsOnly("POST agent=7&lease=" + LEASE);
    }

    @Test
    void sendsPiecesUntilEachIsTaken() throws Exception {
        Path environment = environment();
        statuses.addAll(List.of(503, 200, 503, 503));

        long sent = calls.send(LEASE, environment);

        assertThat(sent).isEqualTo(received.size()).isGreaterThan(2L * EnvironmentTurn.PIECE_MAX);
        String lease = "lease=" + LEASE;
        assertThat(asked)
                .containsExactly(
                        "PATCH " + lease + "&offset=0",
                        "PATCH " + lease + "&offset=0",
                        "PATCH " + lease + "&offset=4194304",
                        "PATCH " + lease + "&offset=4194304",
                        "PATCH " + lease + "&offset=4194304",
                        "PATCH " + lease + "&offset=8388608",
                        asked.getLast());
        assertThat(asked.getLast()).startsWith("PUT " + lease + "&sha256=");
    }

    @Test
    void endsWhenTheServerRefusesAPiece() throws Exception {
        Path environment = environment();
        statuses.addAll(List.of(200, 413));

        assertThatThrownBy(() -> calls.send(LEASE, environment))
                .isInstanceOf(IOException.class)
                .hasMessage("environment: too large");
        assertThat(asked).hasSize(2);
    }

    @Test
    void endsWhenTheServerHasLostWhatItHad() throws Exception {
        Path environment = environment();
        received.write(1);

        assertThatThrownBy(() -> calls.send(LEASE, environment))
                .hasMessage("the server has lost a part of it");
    }

    @Test
    void saysWhyItMakesItNoMore() throws Exception {
        calls.giveBack(LEASE, true);
        calls.giveBack(LEASE, false);

        assertThat(asked)
                .containsExactly(
                        "DELETE lease=%s&reason=failed".formatted(LEASE),
                        "DELETE lease=%s&reason=unpackable".formatted(LEASE));
    }
}
