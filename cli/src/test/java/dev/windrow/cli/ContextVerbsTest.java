package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.testing.tls.PemPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts with a real server that speaks TLS. */
final class ContextVerbsTest {

    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir Path home;
    @TempDir Path elsewhere;
    private Served served;
    private Path authority;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        authority = home.resolve("ca.pem");
        Path key = home.resolve("server.key");
        PemPair.make(home, "EC").write(authority, key);
        served =
                new Served(
                        home,
                        new ServerConfig(
                                home,
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                HostLimits.DEFAULT,
                                ServerSecurity.tls(authority, key),
                                Optional.empty(),
                                ServerConfig.Images.USUAL));
        // Away from the server's home, where its token would be found.
        served.with("WINDROW_HOME", elsewhere.toString()).without("WINDROW_SERVER");
        token = Files.copy(home.resolve("server/admin.token"), home.resolve("mine.token"));
        mode("rw-------");
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(mode));
    }

    @AfterEach
    void stop() throws Exception {
        served.close();
    }

    private void set(String... more) {
        String[] typed = {
            "context",
            "set",
            "farm",
            "--server",
            served.url(),
            "--token-file",
            token.toString(),
            "--ca-file",
            authority.toString()
        };
        String[] all = java.util.Arrays.copyOf(typed, typed.length + more.length);
        System.arraycopy(more, 0, all, typed.length, more.length);
        served.done(all);
    }

    @Test
    void aContextInUseIsTheServerThatVerbsMean() throws Exception {
        set("--use");
        assertThat(served.done("job", "list")).isEqualTo("[]\n");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve("config.yml"))))
                .isEqualTo("rw-------");
        assertThat(served.done("context", "list", "-o", "tsv"))
                .isEqualTo(
                        "*\tfarm\t%s\tdefault\t%s\t%s\n".formatted(served.url(), token, authority));
        assertThat(Files.readString(home.resolve("config.yml")))
                .doesNotContain(Files.readString(token).strip());
    }

    @Test
    void anOptionGoesBeforeAVariableAndAVariableBeforeTheContextInUse() {
        set("--use");
        served.with("WINDROW_SERVER", NOBODY);
        assertThat(served.windrow("job", "list")).isEqualTo(1);
        assertThat(served.err()).contains("No server at " + NOBODY);
        assertThat(served.done("job", "list", "--context", "farm")).isEqualTo("[]\n");
        served.without("WINDROW_SERVER");
        assertThat(served.windrow("job", "list", "--server", NOBODY)).isEqualTo(1);
        served.done("context", "set", "other", "--server", NOBODY, "--use");
        assertThat(served.windrow("job", "list")).isEqualTo(1);
        served.with("WINDROW_CONTEXT", "farm");
        assertThat(served.done("job", "list")).isEqualTo("[]\n");
        served.with("WINDROW_TOKEN", "wrong");
        assertThat(served.windrow("job", "list")).isEqualTo(1);
        assertThat(served.err()).contains("token: unknown");
        assertThat(served.done("job", "list", "--context", "farm")).isEqualTo("[]\n");
    }

    @Test
    void theTokenOfAContextIsSaidToNoOtherServer() {
        set("--use");
        String same = served.url().replace("127.0.0.1", "localhost");
        assertThat(served.windrow("job", "list", "--server", same)).isEqualTo(1);
        assertThat(served.err()).contains("token: missing");
    }

    @Test
    void aWorkspaceOfTheContextIsMeantUnlessAnotherIsNamed() {
        set("-w", "barn", "--use");
        served.windrow("job", "show", "x");
        assertThat(served.err()).contains("workspace barn");
        served.windrow("job", "show", "x", "-w", "yard");
        assertThat(served.err()).contains("workspace yard");
        served.with("WINDROW_WORKSPACE", "hill").windrow("job", "show", "x");
        assertThat(served.err()).contains("workspace hill");
    }

    @Test
    void aTokenThatOthersMayReadIsNotUsed() throws Exception {
        set("--use");
        mode("rw-r--r--");
        assertThat(served.windrow("job", "list")).isEqualTo(2);
        assertThat(served.err())
                .contains("contexts.farm.token_file: " + token, "(expected: chmod 600 " + token);
        Path config = home.resolve("config.yml");
        Files.writeString(
                config, "contexts: {farm: {server: '%s', token: abc}}".formatted(served.url()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(served.windrow("context", "list")).isEqualTo(2);
        assertThat(served.err()).contains("contexts.farm.token: " + config).doesNotContain("abc");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        assertThat(served.done("context", "list", "-o", "json")).doesNotContain("abc");
    }

    @Test
    void aRemovedContextIsInUseNoMore() {
        set("--use");
        served.done("context", "remove", "farm");
        assertThat(served.err()).contains("no context is in use now");
        assertThat(served.done("context", "list")).isEqualTo("[]\n");
        assertThat(served.windrow("context", "use", "farm")).isEqualTo(2);
        assertThat(served.windrow("job", "list", "--context", "farm")).isEqualTo(2);
        assertThat(served.err()).contains("context: farm (expected: one that windrow context set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    [1, 2];no mapping (expected: keys with values)
                    contexts: 3;contexts: no mapping
                    colour: red;key: colour (expected: one of contexts, current)
                    contexts: {a: {}};contexts.a.server: missing
                    contexts: {a: {server: 'ftp://x'}};contexts.a.server: ftp://x (expected: http
                    contexts: {a: {server: 'http://x', tokens: y}};contexts.a: tokens (expected:
                    contexts: {../a: {server: 'http://x'}};context: ../a (expected:
                    {;no YAML
                    current: b;context: b (expected:
                    """)
    void aBrokenFileIsToldByItsKey(String text, String told) throws Exception {
        Files.writeString(home.resolve("config.yml"), text);
        assertThat(served.windrow("job", "list")).isEqualTo(2);
        assertThat(served.err()).contains(told);
    }
}
