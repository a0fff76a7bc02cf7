package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the verbs of a server's jobs say before they have asked a server, or without one. */
final class JobVerbsTest {

    /** A port that only a privileged process could serve at. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int windrow(String... typed) {
        out.reset();
        err.reset();
        return new Windrow(shell(), Verbs.ALL).run(typed);
    }

    private Shell shell() {
        return new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of(
                        "WINDROW_HOME", home.toString(),
                        "WINDROW_CONFIG", home.resolve("config.yml").toString(),
                        "WINDROW_SERVER", NOBODY),
                () -> Instant.EPOCH,
                Instant.EPOCH);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    job show;NAME: missing (expected: a job's name)
                    job show a -n b;NAME: a (expected: no word beside --name)
                    job show ../x;name: ../x (expected:
                    job create;FILE: missing (expected: a job file)
                    job create a.yml -f b.yml;FILE: a.yml (expected: no word beside --file)
                    job create a.yml --upload --no-upload;--upload: given (expected: not beside --no-upload)
                    job retry;NAME: missing (expected: a job's name)
                    job retry a --code /no/such/folder;--code: /no/such/folder (expected: a folder
                    job retry a --new-name ../x;--new-name: ../x (expected:
                    server --keep-jobs 0;--keep-jobs: 0 (expected: a whole number >= 1)
                    compute show;NAME: missing (expected: a compute's name)
                    compute show a -n b;NAME: a (expected: no word beside --name)
                    compute show ../x;name: ../x (expected: 2 to 32 letters
                    compute attach gpu;resource_id: missing (expected: /subscriptions/ID
                    compute attach gpu --resource-id x --namespace A;namespace: A (expected: 1 to 63
                    compute attach gpu --resource-id in-cluster -t Aks;--type: Aks (expected: Kubernetes)
                    compute attach gpu --resource-id in-cluster --tag a;--tag: a (expected: KEY=VALUE)
                    compute detach gpu;--yes: missing (expected: given,
                    compute wait gpu --timeout 0;--timeout: 0 (expected: a whole number >= 1)
                    datastore show;NAME: missing (expected: a datastore's name)
                    datastore create a.b;FILE: a.b (expected: a file that is there)
                    datastore show a.b;name: a.b (expected: 1 to 255 letters
                    job create a.yml --fail-on-error;(expected: with --stream)
                    job list --status Done;--status: Done (expected: one of NotStarted,
                    job list --archived-only --include-archived;(expected: no --include-archived)
                    job list -o xml;-o: xml (expected: one of json, table, yaml, tsv)
                    job list --server ftp://x;server: ftp://x (expected: http or https,
                    job logs -n a b -f c;FILE: b (expected: one)
                    job download a --all --output-name b;(expected: none beside --all)
                    job mini-batches a --index -1;--index: -1 (expected: a whole number >= 0)
                    job mini-batches a --index 1 --state all;(expected: none beside --index)
                    job update a;(expected: a change by --set, --add or --remove)
                    job update a --set compute=b;(expected: tags.KEY, display_name or description)
                    job update a --set properties.a=b;description, and properties by --add)
                    job update a --add tags.a=b;(expected: properties.KEY=VALUE)
                    server --port 70000;--port: 70000 (expected: a whole number from 0 to 65535)
                    server --bind 0.0.0.0;--bind: 0.0.0.0 (expected: an address of this machine
                    server --public-url x;--public-url: x (expected: http or https,
                    """)
    void whatCannotBeMeantIsRefusedByItsName(String typed, String told) {
        assertThat(windrow(typed.split(" ", -1))).isEqualTo(2);
        assertThat(err()).contains(told);
        assertThat(out()).isEmpty();
    }

    @Test
    void withoutAServerTheWayToStartOneIsTold() {
        String told =
                "No server at %s. Start one: windrow server. Or run here: windrow run FILE"
                        .formatted(NOBODY);
        assertThat(windrow("job", "show", "nightly", "-g", "ours")).isEqualTo(1);
        assertThat(err())
                .isEqualTo(
                        "windrow: -g: ours is ignored; there are no resource groups here\n"
                                + "windrow: %s\n".formatted(told));
        assertThat(windrow("job", "show", "nightly", "-o", "json")).isEqualTo(1);
        assertThat(err()).isEmpty();
        assertThat(out()).startsWith("{\"errors\":[{\"code\":\"NO_SERVER\",\"message\":\"" + told);
    }

    @Test
    void verbsOfAzureThatAreNotHereAreAnsweredWithWhatToDo() {
        assertThat(windrow("job", "connect-ssh", "-n", "x")).isEqualTo(2);
        assertThat(err()).contains("instead: ", "windrow job logs NAME --follow");
        assertThat(windrow("online-endpoint", "create")).isEqualTo(2);
        assertThat(err()).startsWith("windrow: online-endpoint: of az ml and not of windrow");
        assertThat(windrow("job", "environment")).isEqualTo(2);
        assertThat(err()).contains("environment: no verb of windrow job");
    }

    @Test
    void mistakesInTheJobAreToldBeforeAServerIsAsked() throws IOException {
        Path file = Files.writeString(home.resolve("job.yml"), "type: parallel\nretry: 1\n");
        assertThat(windrow("job", "create", file.toString())).isEqualTo(2);
        assertThat(err()).contains(file + ":", "task").doesNotContain("No server");
    }

    @Test
    void theLogOfAServerKeepsOneOlderFileAndNoMore() throws IOException {
        Path file = home.resolve("server.log");
        ServerLog log = new ServerLog(shell(), file, 20_000);
        for (int i = 0; i < 50; i++) {
            log.fault("GET /x" + i, new IllegalStateException("broken\nin two"));
        }
        assertThat(err().lines()).hasSize(50);
        assertThat(err())
                .startsWith(
                        "1970-01-01T00:00:00Z GET /x0: java.lang.IllegalStateException: broken in two\n");
        assertThat(Files.size(file)).isBetween(1L, 20_000L);
        assertThat(Files.size(home.resolve("server.log.1"))).isBetween(1L, 20_000L);
        assertThat(Files.readString(file)).contains("GET /x49", "\tat dev.windrow.cli");
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(2);
        }
    }
}
