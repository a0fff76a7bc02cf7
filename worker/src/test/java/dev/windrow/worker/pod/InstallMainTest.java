package dev.windrow.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallMainTest {

    private static final FileTime DATE = FileTime.from(Instant.parse("2026-11-01T00:00:00Z"));

    @TempDir Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path from;
    private Path to;

    @BeforeEach
    void layOut() throws IOException {
        from = folder.resolve("image");
        to = folder.resolve("shared");
        Path java = from.resolve("runtime/bin/java");
        Files.createDirectories(java.resolveSibling("."));
        Files.writeString(java, "program");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(java, DATE);
        Files.createDirectories(from.resolve("lib"));
        Files.writeString(from.resolve("lib/worker.jar"), "jar");
        Files.writeString(from.resolve("agent.options"), "-cp\n${agent}/lib/*\n");
    }

    private int run(String... arguments) {
        return InstallMain.run(arguments, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void copiesWithModesAndDatesAndNamesTheFolderInTheOptions() throws IOException {
        Files.createDirectory(to);

        assertThat(run(from.toString(), to.toString())).isZero();

        Path java = to.resolve("runtime/bin/java");
        assertThat(java).hasContent("program").isExecutable();
        assertThat(Files.getLastModifiedTime(java)).isEqualTo(DATE);
        assertThat(to.resolve("lib/worker.jar")).hasContent("jar");
        assertThat(to.resolve("agent.options")).hasContent("-cp\n%s/lib/*\n".formatted(to));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void mayBeDoneAgain() throws IOException {
        run(from.toString(), to.toString());
        Files.writeString(to.resolve("lib/worker.jar"), "half a");

        assertThat(run(from.toString(), to.toString())).isZero();
        assertThat(to.resolve("lib/worker.jar")).hasContent("jar");
    }

    @Test
    void saysWhyItCannot() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run(from.toString(), file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("the agent cannot be copied to " + file);
        assertThat(run(from.toString())).isEqualTo(2);
    }
}
