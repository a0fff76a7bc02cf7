package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.runtime.host.Declared;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** Computes and datastores in folders, and the token in a file. */
final class DeclaredOptionsTest {

    private static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ";

    @TempDir Path home;
    @TempDir Path work;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Path computes = Path.of("");
    private Path datastores = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        computes = Files.createDirectory(work.resolve("computes"));
        datastores = Files.createDirectory(work.resolve("datastores"));
        Files.createDirectory(computes.resolve("..2026"));
        Files.writeString(computes.resolve("readme.txt"), "no compute");
    }

    private Declared read() throws IOException {
        DeclaredOptions options = new DeclaredOptions();
        List<OptionSpec> specs = options.all();
        specs.get(0).setValue(computes.toFile());
        specs.get(1).setValue(datastores.toFile());
        return options.read(told::add);
    }

    @Test
    void aServerHasWhatTheFilesSay() throws IOException {
        Files.writeString(
                computes.resolve("gpu.yml"),
                """
                resource_id: in-cluster
                namespace: team-a
                server_url: http://windrow.team-a.svc:7480
                instance_types:
                  small: {resources: {limits: {cpu: 1, memory: 1Gi}}}
                """);
        Files.writeString(datastores.resolve("rows.yml"), "type: pvc\npath: rows/all\n");
        try (Served served = new Served(home).declaring(read(), told)) {
            assertThat(served.done("compute", "wait", "gpu", "-o", "table"))
                    .contains("Succeeded  gpu", "in-cluster", "team-a");
            assertThat(served.done("datastore", "list", "-o", "tsv")).contains("rows\tpvc");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void oneFileWithMistakesLeavesTheOthersAlone() throws IOException {
        Files.writeString(computes.resolve("good.yml"), "resource_id: in-cluster\n");
        Files.writeString(computes.resolve("colour.yml"), "colour: red\n");
        Files.writeString(computes.resolve("far.yml"), "namespace: Team\n");
        Files.writeString(computes.resolve("other.yml"), "resource_id: in-cluster\nname: gpu\n");
        Files.writeString(datastores.resolve("-x.yml"), "type: pvc\n");
        Files.writeString(datastores.resolve("blob.yml"), "type: azure_blob\n");
        Declared declared = read();
        assertThat(declared.computes()).extracting(Declared.Compute::name).containsExactly("good");
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).startsWith("compute colour: left out: ").contains("not used here");
        assertThat(told.get(1)).contains("resource_id: missing", "namespace: Team (expected");
        assertThat(told.get(2)).contains("name: gpu (expected: other, as the file is called)");
        assertThat(told.get(3)).startsWith("datastore -x: left out: ");
        try (Served served = new Served(home).declaring(declared, told)) {
            assertThat(served.done("compute", "wait", "good", "-o", "table")).contains("Succeeded");
        }
        assertThat(told).hasSize(5);
        assertThat(told.get(4)).startsWith("datastore blob: type: azure_blob (expected: ");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() throws IOException {
        Files.delete(datastores);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(this::read)
                .withMessage("--datastores: %s (expected: a folder that is there)", datastores);
    }

    @Test
    void aTokenIsTakenFromAFileThatNotEverybodyReads() throws IOException {
        Path file = Files.writeString(work.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(security(file).read().token()).isEqualTo(Optional.of(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> security(file).read())
                .withMessageContaining("which anybody may read or write (expected: chmod 600");
        Path weak = Files.writeString(work.resolve("weak"), "secret\n");
        Files.setPosixFilePermissions(weak, PosixFilePermissions.fromString("rw-------"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> security(weak).read())
                .withMessageContaining("no token in it (expected: 20 to 256 letters")
                .withMessageNotContaining("secret");
    }

    @Test
    void thatTokenIsTheAdministratorsAndNoOtherIsMade() throws IOException {
        Path file = Files.writeString(work.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        ServerConfig config =
                new ServerConfig(
                        home,
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        HostLimits.DEFAULT,
                        security(file).read(),
                        Optional.empty(),
                        ServerConfig.Images.USUAL);
        try (Served served = new Served(home, config)) {
            assertThat(served.windrow("token", "list")).isNotZero();
            served.with("WINDROW_TOKEN", TOKEN).done("token", "list");
        }
        assertThat(home.resolve("server/admin.token")).doesNotExist();
    }

    private static ServerSecurityOptions security(Path token) {
        ServerSecurityOptions options = new ServerSecurityOptions();
        options.all().getFirst().setValue(token.toFile());
        return options;
    }
}
