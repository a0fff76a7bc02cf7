package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of datastores with a server. */
final class DatastoreVerbsTest {

    @TempDir Path work;
    private final Served server;

    DatastoreVerbsTest(@TempDir Path home) throws IOException {
        server = new Served(home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void makesChecksAndForgetsADatastore() throws IOException {
        assertThat(
                        server.windrow(
                                "datastore",
                                "create",
                                "big",
                                "--path",
                                work.toString(),
                                "-o",
                                "table"))
                .as(server.err())
                .isZero();
        assertThat(server.out())
                .isEqualTo(
                        """
                        big
                          type          local
                          location      %s
                          uri           azureml://datastores/big/paths/
                        """
                                .formatted(work));
        assertThat(server.windrow("datastore", "check", "big", "-o", "table")).isZero();
        assertThat(server.out()).startsWith("usable  big\n  reachable     ok  ");
        assertThat(server.windrow("datastore", "list", "-o", "tsv")).isZero();
        assertThat(server.out().lines()).hasSize(2);
        assertThat(server.windrow("datastore", "show", "workspaceblobstore")).isZero();
        assertThat(server.out()).contains("\"is_default\":true");
        assertThat(server.windrow("datastore", "delete", "big")).isZero();
        assertThat(server.windrow("datastore", "show", "big")).isEqualTo(3);
        assertThat(server.windrow("datastore", "delete", "workspaceblobstore")).isEqualTo(2);
        assertThat(server.windrow("datastore", "create", "far", "--type", "s3")).isEqualTo(2);
        assertThat(server.err())
                .contains(
                        "type: s3 (expected: local, pvc or host_path; other kinds are not built yet)");
        Path file =
                Files.writeString(
                        work.resolve("store.yml"),
                        "name: filed\ntype: local\npath: " + work + "\ndescription: ours\n");
        assertThat(server.windrow("datastore", "create", file.toString()))
                .as(server.err())
                .isZero();
        assertThat(server.out()).contains("\"name\":\"filed\"", "\"description\":\"ours\"");
        Files.delete(file);
        assertThat(server.windrow("datastore", "create", "-f", file.toString())).isEqualTo(2);
    }
}
