package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may try who speaks as an agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentApiTest {

    private static final String AGENT = "/api/v1/agent/";
    private static final String HELLO = "[\"hello\",1,%d,[[],[0,0],[0,0],0]]";
    private static final long LIMIT_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningApi api;
    private String token = "";

    @BeforeAll
    void runAJob(@TempDir Path home) throws Exception {
        api = new RunningApi(home, new HostLimits(2, 10));
        Path folder =
                api.job("held", 2, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put("held", submission(folder, spec()));
        token = api.agentToken("held");
        while (!json(api.get(JOBS + "/held")).path("status").stringValue().equals("Running")) {
            Thread.onSpinWait();
        }
    }

    @AfterAll
    void close() throws Exception {
        api.post(JOBS + "/held/cancel", "");
        api.ended("held");
        http.close();
        api.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String bearer, String path, String body)
            throws IOException, InterruptedException {
        return send(api.asAgent(bearer, path).POST(BodyPublishers.ofString(body)));
    }

    /** Keeps what comes on a WebSocket; the code of its end last. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final List<String> seen = new ArrayList<>();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            texts.add("closed " + status);
            return null;
        }

        /** Texts come in any order. */
        String awaitStart(String start) throws InterruptedException {
            while (seen.stream().noneMatch(text -> text.startsWith(start))) {
                String text = texts.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                assertThat(text).as("a text that begins with " + start).isNotNull();
                seen.add(text);
            }
            return seen.stream().filter(text -> text.startsWith(start)).findFirst().orElseThrow();
        }
    }

    private CompletableFuture<WebSocket> connect(String bearer, int agent, Heard heard) {
        String url = "ws" + api.url().substring("http".length()) + AGENT + "link?agent=" + agent;
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + bearer)
                .subprotocols("windrow.agent.v1")
                .buildAsync(URI.create(url), heard);
    }

    /** The HTTP status by which a WebSocket is refused; 0 when it is not. */
    private int refusal(String bearer) {
        return connect(bearer, 0, new Heard())
                .thenApply(_ -> 0)
                .exceptionally(e ->
                        e.getCause() instanceof WebSocketHandshakeException refused
                                ? refused.getResponse().statusCode()
                                : -1)
                .join();
    }

    @Test
    void anAgentThatSaysHelloIsWelcomeAndGivenAnotherToken() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect(token, 7, heard).join();
        socket.sendText(HELLO.formatted(7), true).join();
        assertThat(heard.awaitStart("[\"new_token\"")).startsWith("[\"new_token\",\"wj_");
        assertThat(heard.awaitStart("[\"welcome\"")).isEqualTo("[\"welcome\",1,1]");
        socket.abort();
    }

    @Test
    void rubbishEndsTheConnectionAndNothingElse() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect(token, 7, heard).join();
        socket.sendText("{\"hello\":", true).join();
        assertThat(heard.awaitStart("closed")).isEqualTo("closed 1007");
        Heard wide = new Heard();
        WebSocket greedy = connect(token, 8, wide).join();
        // More than any agent is ever leased.
        greedy.sendText("[\"hello\",1,8,[[[1,1,0,2147483647]],[0,0],[0,0],2147483647]]", true)
                .join();
        assertThat(wide.awaitStart("closed")).isEqualTo("closed 1007");
        assertThat(json(api.get(JOBS + "/held")).path("status").stringValue()).isEqualTo("Running");
        assertThat(api.faults).isEmpty();
    }

    @Test
    void aMessageLongerThanAnyEndsTheConnection() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect(token, 11, heard).join();
        String mebibyte = " ".repeat(1 << 20);
        CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket);
        for (int i = 0; i <= 24; i++) {
            sent = sent.thenCompose(to -> to.sendText(mebibyte, false));
        }
        assertThat(heard.awaitStart("closed")).isEqualTo("closed 1009");
        Heard again = new Heard();
        WebSocket large = connect(token, 11, again).join();
        large.sendText(" ".repeat(1 << 20), false).join();
        large.sendText(HELLO.formatted(11), true).join();
        again.awaitStart("[\"welcome\"");
        large.sendBinary(ByteBuffer.allocate(1), true).join();
        assertThat(again.awaitStart("closed")).isEqualTo("closed 1003");
        assertThat(api.faults).isEmpty();
    }

    /** Far more than is read ahead, and short ones behind long ones. */
    @Test
    void whoSaysMuchIsHeardToTheEnd() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect(token, 13, heard).join();
        String padding = " ".repeat(1 << 20);
        CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket);
        for (int i = 0; i < 60; i++) {
            sent =
                    sent.thenCompose(to -> to.sendText(padding, false))
                            .thenCompose(to -> to.sendText("[\"want\",0]", true));
        }
        for (int i = 0; i < 1_000; i++) {
            sent = sent.thenCompose(to -> to.sendText("[\"want\",0]", true));
        }
        sent.thenCompose(to -> to.sendText(HELLO.formatted(13), true)).join();
        assertThat(heard.awaitStart("[\"welcome\"")).isEqualTo("[\"welcome\",1,1]");
        socket.abort();
        assertThat(api.faults).isEmpty();
    }

    @Test
    void aSessionTakesAsLongAMessageAsAWebSocket() throws Exception {
        String session = post(token, "sessions?agent=12", "").body().strip();
        String messages = "sessions/" + session + "/messages";
        String padding = " ".repeat(20 << 20);
        String hello = padding + HELLO.formatted(12) + "\n\r\n";
        assertThat(post(token, messages, hello).statusCode()).isEqualTo(204);
        assertThat(send(api.asAgent(token, messages).GET()).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post(token, messages, " ".repeat((24 << 20) + 2));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("expected: at most 25165825 bytes");
        assertThat(send(api.asAgent(token, "sessions/" + session).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(api.faults).isEmpty();
    }

    @Test
    void onlyATokenOfThatJobOpensAnything() throws Exception {
        for (String wrong : new String[] {"", "wj_", "wj_.", token + "x", token.substring(1)}) {
            assertThat(refusal(wrong)).isEqualTo(401);
            assertThat(post(wrong, "join", "").statusCode()).isEqualTo(401);
            assertThat(post(wrong, "sessions?agent=1", "").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> users =
                send(
                        HttpRequest.newBuilder(URI.create(api.url() + JOBS))
                                .header("Authorization", "Bearer " + token));
        assertThat(users.statusCode()).isEqualTo(401);
        Path folder = api.job("other", 1, "import time", "def run(b):", "    time.sleep(600)");
        api.put("other", submission(folder, spec()));
        String others = api.agentToken("other");
        String session = post(token, "sessions?agent=9", "").body().strip();
        assertThat(post(others, "sessions/" + session + "/messages", "").statusCode())
                .isEqualTo(404);
        api.post(JOBS + "/other/cancel", "");
        api.ended("other");
        assertThat(post(others, "join", "").statusCode()).isEqualTo(410);
        assertThat(post(others, "sessions?agent=1", "").statusCode()).isEqualTo(410);
        assertThat(api.post(JOBS + "/other/agent-token", "").statusCode()).isEqualTo(409);
    }

    @Test
    void sessionsCarryTheSameMessages() throws Exception {
        String session = post(token, "sessions?agent=9", "").body().strip();
        String messages = "sessions/" + session + "/messages";
        assertThat(post(token, messages, HELLO.formatted(9) + "\n").statusCode()).isEqualTo(204);
        HttpResponse<String> said = send(api.asAgent(token, messages).GET());
        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(said.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(said.body()).contains("[\"new_token\",\"wj_");
        assertThat(post(token, messages, "rubbish").statusCode()).isEqualTo(400);
        assertThat(send(api.asAgent(token, "sessions/" + session).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(send(api.asAgent(token, messages).GET()).statusCode()).isEqualTo(404);
        assertThat(post(token, "sessions?agent=-1", "").statusCode()).isEqualTo(400);
        assertThat(post(token, "sessions", "").statusCode()).isEqualTo(400);
        assertThat(send(api.asAgent(token, "link?agent=1").GET()).statusCode()).isEqualTo(426);
        assertThat(api.faults).isEmpty();
    }

    @Test
    void whoJoinsIsAnInstanceOfItsOwn() throws Exception {
        HttpResponse<String> first = post(token, "join", "");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        HttpResponse<String> second = post(token, "join", "");
        assertThat(first.body()).startsWith("[[1,");
        assertThat(second.body()).startsWith("[[2,");
    }

    /** Those of a server's own machine are told when they start. */
    @Test
    void whoSaysWhichInstanceItIsAndIsNoneIsToldToEnd() throws Exception {
        for (String number : new String[] {"0", "5", "1000000"}) {
            HttpResponse<String> refused = post(token, "join?agent=" + number, "");
            assertThat(refused.statusCode()).isEqualTo(410);
            assertThat(json(refused).path("code").stringValue()).isEqualTo("INSTANCE_GONE");
        }
        for (String wrong :
                new String[] {"agent=-1", "agent=1000001", "agent=x", "agent=", "instance=1"}) {
            assertThat(post(token, "join?" + wrong, "").statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(post("wj_x.y", "join?agent=0", "").statusCode()).isEqualTo(401);
        assertThat(api.faults).isEmpty();
    }
}
