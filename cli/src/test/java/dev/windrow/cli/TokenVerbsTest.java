package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenVerbsTest {

    @TempDir Path home;
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served(home);
    }

    @AfterEach
    void stop() throws Exception {
        served.close();
    }

    @Test
    void aMadeTokenIsShownOnceUsedAndRevoked() {
        String token =
                served.done(
                                "token",
                                "create",
                                "--user",
                                "ada",
                                "--role",
                                "submitter",
                                "--for-workspace",
                                "barn",
                                "--for-compute",
                                "local",
                                "--for-compute",
                                "gpus",
                                "--expires-in",
                                "12h",
                                "-o",
                                "tsv")
                        .strip();
        assertThat(token).startsWith("wr_");
        String listed = served.done("token", "list", "-o", "tsv");
        assertThat(listed).contains("\tada\tsubmitter\tbarn\tgpus,local\t20").doesNotContain(token);
        String id = listed.substring(0, 16);
        served.with("WINDROW_TOKEN", token);
        assertThat(served.done("job", "list", "-w", "barn")).isEqualTo("[]\n");
        assertThat(served.windrow("job", "list")).isEqualTo(1);
        assertThat(served.err()).contains("workspace: default (expected: barn");
        assertThat(served.windrow("token", "list")).isEqualTo(1);
        served.without("WINDROW_TOKEN");
        assertThat(served.done("token", "revoke", id, "-o", "json"))
                .isEqualTo("{\"revoked\":\"" + id + "\"}\n");
        assertThat(served.windrow("token", "revoke", id)).isEqualTo(3);
        served.with("WINDROW_TOKEN", token);
        assertThat(served.windrow("job", "list", "-w", "barn")).isEqualTo(1);
        assertThat(served.err()).contains("token: unknown").doesNotContain(token);
    }

    @Test
    void aTableShowsTheTokenOnItsOwnAndSaysThatItIsForOnce() {
        String token =
                served.done("token", "create", "--user", "a", "--role", "reader", "-o", "table");
        assertThat(token.strip()).startsWith("wr_").doesNotContain(" ");
        assertThat(served.err()).contains("it is not shown again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    token create --role reader;--user: missing (expected: whom
                    token create --user a;--role: missing (expected: reader,
                    token create --user a --role king;--role: king (expected: reader, submitter
                    token create --user a --role reader --expires-in 3;--expires-in: 3 (expected:
                    token create --user a:b --role reader;user: "a:b" (expected:
                    token create --user a --role reader --for-compute ../x;computes: "../x" (expected:
                    """)
    void whatIsNoTokenIsRefusedByItsName(String typed, String told) {
        assertThat(served.windrow(typed.split(" "))).isEqualTo(2);
        assertThat(served.err()).contains(told);
    }
}
