package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told by files what it has to have. */
final class DeclaredServerIT {

    private static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ";

    @TempDir Path folder;

    private Windrow windrow;
    private ServerProcess server;

    @BeforeEach
    void setUp() throws IOException {
        Path computes = Files.createDirectory(folder.resolve("computes"));
        Files.writeString(computes.resolve("gpu.yml"), "resource_id: in-cluster\n");
        Files.writeString(computes.resolve("odd.yml"), "colour: red\n");
        Path datastores = Files.createDirectory(folder.resolve("datastores"));
        Files.writeString(datastores.resolve("rows.yml"), "type: pvc\npath: claim/rows\n");
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
        windrow = new Windrow(folder.resolve("home")).with("WINDROW_TOKEN", TOKEN);
        server =
                ServerProcess.start(
                        windrow,
                        folder,
                        "--port",
                        "0",
                        "--computes",
                        computes.toString(),
                        "--datastores",
                        datastores.toString(),
                        "--token-file",
                        token.toString());
        windrow.with("WINDROW_SERVER", server.url());
    }

    @AfterEach
    void tearDown() throws Exception {
        server.killWithAgents(windrow.home());
    }

    @Test
    void startsWhateverIsWrongWithThemAndSaysIt() throws Exception {
        Finished waited = windrow.run(folder, "compute", "wait", "gpu", "--timeout", "60");
        assertThat(waited.exit()).isNotZero();
        assertThat(waited.err())
                .contains("gpu: Failed: resource_id: in-cluster (expected: a server");
        assertThat(windrow.run(folder, "datastore", "show", "rows", "-o", "tsv").out())
                .contains("rows\tpvc");
        assertThat(server.stop()).isZero();
        assertThat(Files.readString(server.err()))
                .contains("windrow: compute odd: left out: ", "colour: not used here");
        assertThat(windrow.home().resolve("server/admin.token")).doesNotExist();
    }
}
