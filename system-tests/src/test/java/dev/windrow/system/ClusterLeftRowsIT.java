package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of a completed job that its own pods could not remove. */
final class ClusterLeftRowsIT {

    private static final int FILES = 8;
    private static final String SLOW =
            """
            import time

            def run(mini_batch):
                time.sleep(0.5)
                return [open(name).read() for name in mini_batch]
            """;

    @TempDir Path folder;
    private ClusterSpace space;

    @BeforeEach
    void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached("type: kubernetes\n");
    }

    @AfterEach
    void remove() {
        if (space != null) {
            space.close();
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void permit(Path folder, String mode) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    @Test
    void theServerRemovesThemOnceTheTimeOfThePodsIsOver() throws Exception {
        Path job = ClusterJobs.write(folder.resolve("job"), FILES, SLOW, "");
        space.online("job", "create", "-f", job.toString(), "--compute", "pods", "-n", "left");
        Path hidden = space.file(".windrow");
        await(
                "rows in a segment",
                () -> files(hidden).stream().anyMatch(one -> !files(one).isEmpty()));
        Path segments = files(hidden).getFirst();
        permit(segments, "r-xr-xr-x");

        assertThat(space.online("job", "stream", "left").out()).contains("8 of 8 ok, 0 failed");

        space.awaitNoPods();
        assertThat(segments).isNotEmptyDirectory();
        Path removals = space.jobFolder("left").resolve("../../server/removals");
        assertThat(files(removals)).hasSize(1);
        permit(segments, "rwxrwxrwx");
        // The next server finds that the minute is over.
        Path told = files(removals).getFirst();
        Files.writeString(told, Files.readString(told).replaceAll("due=[0-9]+", "due=0"));
        space.restartServer();
        await("nothing is left on the volume", () -> Files.notExists(hidden));
        await("nor to be done", () -> files(removals).isEmpty());
    }
}
