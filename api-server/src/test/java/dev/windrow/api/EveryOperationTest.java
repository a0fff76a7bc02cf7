package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Asks every operation of the contract, over a real socket, for what it must not give. */
final class EveryOperationTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    /** No name of anything; each as it is written in a URL. */
    private static final List<String> NO_NAMES =
            List.of(
                    "..",
                    "%2e%2e",
                    "..%2F..%2Fserver%2Fadmin.token",
                    "%2Fetc%2Fpasswd",
                    "..%5C..%5Cetc",
                    "a%2F..%2F..%2Fb",
                    "%00",
                    "a%00b",
                    ".removed-0",
                    ".hidden",
                    "-",
                    "%20",
                    "a%0Ab",
                    "%C3%28",
                    "%F0%9F%92%A9",
                    "%252e%252e%252f",
                    "~",
                    "*",
                    "a%3Fb%23c",
                    "con%3A",
                    "x".repeat(300));

    private static final String DIGEST = "0".repeat(64);

    @TempDir Path folder;
    private Path home;
    private RunningApi api;

    /** One operation of the contract. */
    private record Asked(String method, String path, Set<String> bodies, boolean open) {

        List<String> parameters() {
            return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
        }

        /** The path with names of nothing that is there, but for one of them. */
        String at(String parameter, String value) {
            return PARAMETER
                    .matcher(path)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(
                                    found.group(1).equals(parameter)
                                            ? value
                                            : unknown(found.group(1))));
        }

        private static String unknown(String parameter) {
            return switch (parameter) {
                case "ws" -> "default";
                case "index", "order" -> "0";
                case "digest" -> DIGEST;
                case "name", "id", "input", "output", "session" -> "nobody";
                default -> throw new IllegalStateException("no sample for {" + parameter + "}");
            };
        }
    }

    @BeforeEach
    void start() throws Exception {
        home = folder.resolve("home");
        Files.createDirectories(home);
        api = new RunningApi(home, HostLimits.DEFAULT);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(api.get("/livez").statusCode()).isEqualTo(200);
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private static List<Asked> operations() throws IOException {
        Map<?, ?> contract;
        try (InputStream in = EveryOperationTest.class.getResourceAsStream("openapi.yaml")) {
            contract = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
        List<Asked> operations = new ArrayList<>();
        ((Map<?, ?>) Objects.requireNonNull(contract.get("paths")))
                .forEach((path, item) ->
                        ((Map<?, ?>) item)
                                .forEach((method, operation) -> {
                                    if (operation instanceof Map<?, ?> one) {
                                        operations.add(asked(method, path, one));
                                    }
                                }));
        assertThat(operations).hasSizeGreaterThan(50);
        return operations;
    }

    private static Asked asked(Object method, Object path, Map<?, ?> operation) {
        Set<String> bodies = new TreeSet<>();
        if (operation.get("requestBody") instanceof Map<?, ?> body
                && body.get("content") instanceof Map<?, ?> content) {
            content.keySet().forEach(type -> bodies.add(String.valueOf(type)));
        }
        return new Asked(
                method.toString().toUpperCase(Locale.ROOT),
                path.toString(),
                bodies,
                List.of().equals(operation.get("security")));
    }

    private HttpResponse<String> send(Asked one, String path, Optional<String> token, String body)
            throws Exception {
        HttpRequest.Builder request = api.to(path);
        token.ifPresent(it -> request.setHeader("Authorization", "Bearer " + it));
        one.bodies().stream().findFirst().ifPresent(it -> request.header("Content-Type", it));
        return api.send(request.method(one.method(), BodyPublishers.ofString(body)));
    }

    private static void assertRefused(HttpResponse<String> answer, String what) {
        assertThat(answer.statusCode()).as(what + " " + answer.body()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(what)
                .contains("application/problem+json");
        assertThat(json(answer).path("detail").stringValue("")).as(what).isNotEmpty();
    }

    private Set<String> files() throws IOException {
        try (var all = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            all.filter(one -> !one.startsWith(home.resolve("server")))
                    .forEach(one -> names.add(folder.relativize(one).toString()));
            return names;
        }
    }

    @Test
    void aNameThatIsNoneIsRefusedAtEveryPlaceOfEveryPath() throws Exception {
        Set<String> before = files();
        int asked = 0;
        for (Asked one : operations()) {
            for (String parameter : one.parameters()) {
                for (String name : NO_NAMES) {
                    String path = one.at(parameter, name);
                    String what = one.method() + " " + path;
                    assertRefused(send(one, path, Optional.empty(), "{}"), what);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(1_000);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aNameOfNothingIsToldAtEveryOperation() throws Exception {
        for (Asked one : operations()) {
            if (one.parameters().isEmpty() || one.parameters().equals(List.of("ws"))) {
                continue;
            }
            String path = one.at("", "");
            HttpResponse<String> answer = send(one, path, Optional.empty(), "{");
            // Of a file that nobody has begun to send nothing has come yet.
            if (one.method().equals("GET") && path.contains("/blobs/")) {
                assertThat(json(answer).path("received").intValue(-1)).isZero();
            } else {
                assertRefused(answer, one.method() + " " + path);
            }
        }
    }

    @Test
    void aBodyThatIsNoJsonIsRefusedWhereverOneIsTaken() throws Exception {
        List<String> broken =
                List.of("", "{", "[1,", "\u0000", "nul", "{\"a\":1}}", "[".repeat(5_000), "\"a\"");
        int asked = 0;
        for (Asked one : operations()) {
            if (one.bodies().contains("application/json")) {
                for (String body : broken) {
                    String path = one.at("", "");
                    assertRefused(
                            send(one, path, Optional.empty(), body),
                            one.method() + " " + path + " " + body);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(broken.size() * 5);
    }

    @Test
    void aBodyOfAnotherTypeIsRefusedWhereverOneIsTaken() throws Exception {
        for (Asked one : operations()) {
            for (String type : List.of("text/html", "multipart/form-data; boundary=x", "?")) {
                if (one.bodies().contains("application/json")) {
                    String path = one.at("", "");
                    HttpRequest.Builder request = api.to(path).header("Content-Type", type);
                    HttpResponse<String> answer =
                            api.send(request.method(one.method(), BodyPublishers.ofString("{}")));
                    assertThat(answer.statusCode())
                            .as(one.method() + " " + path + " " + answer.body())
                            .isIn(404, 415);
                    assertRefused(answer, one.method() + " " + path);
                }
            }
        }
    }

    @Test
    void aTokenThatIsForgedOrOfAJobOpensNoOperation() throws Exception {
        Path job = api.job("waits", 1, "import time", "def run(b):", "    time.sleep(600)");
        assertThat(api.put("waits", submission(job, spec())).statusCode()).isEqualTo(201);
        String ofJob =
                json(api.post(JOBS + "/waits/agent-token", "")).path("token").stringValue("");
        assertThat(ofJob).startsWith("wj_");
        String admin = Files.readString(AdminToken.file(home)).strip();
        String ofUser = json(made()).path("token").stringValue("");
        List<String> forged =
                List.of(
                        another(admin),
                        another(ofUser),
                        another(ofJob),
                        ofUser.substring(0, ofUser.length() - 1),
                        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                        "x".repeat(5_000));
        for (Asked one : operations()) {
            if (one.open()) {
                continue;
            }
            String path = one.at("", "");
            for (String token : forged) {
                assertThat(send(one, path, Optional.of(token), "{}").statusCode())
                        .as(one.method() + " " + path + " as " + token)
                        .isEqualTo(401);
            }
            if (!path.startsWith("/api/v1/agent/")) {
                assertThat(send(one, path, Optional.of(ofJob), "{}").statusCode())
                        .as(one.method() + " " + path + " as an agent")
                        .isEqualTo(401);
            }
        }
        api.post(JOBS + "/waits/cancel", "");
        api.ended("waits");
    }

    private HttpResponse<String> made() throws Exception {
        return api.post("/api/v1/tokens", "{\"user\":\"eve\",\"role\":\"admin\"}");
    }

    /** The same but for its last letter. */
    private static String another(String token) {
        String head = token.substring(0, token.length() - 2);
        return head + (token.endsWith("A") ? "BB" : "AA");
    }

    @Test
    void noFileOutsideIsReadThroughAnyParameterOfAPath() throws Exception {
        Path job = api.job("files", 1, "def run(mini_batch):", "    return [1]");
        api.put("files", submission(job, spec()));
        api.ended("files");
        Files.writeString(folder.resolve("secret"), "secret");
        for (String path : NO_NAMES) {
            for (String place :
                    List.of(
                            "logs/file?path=",
                            "outputs/scores/file?path=",
                            "outputs/nothing/file?path=",
                            "events?log_file=")) {
                HttpResponse<String> answer = api.get(JOBS + "/files/" + place + path);
                boolean stream = place.startsWith("events") && answer.statusCode() == 200;
                if (stream) {
                    assertThat(answer.body()).doesNotContain("event: log");
                } else {
                    assertThat(answer.statusCode()).as(place + path).isIn(400, 404);
                }
            }
        }
        assertThat(URI.create(api.url()).getHost()).isEqualTo("127.0.0.1");
    }
}
