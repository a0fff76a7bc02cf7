package dev.windrow.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testing.sim.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldEnvironmentsTest {

    /** Takes the lock as whoever makes an environment does, and tells so. */
    private static final String LOCKS =
            "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f,fcntl.LOCK_EX); print(1,flush=True); sys.stdin.read()";

    @TempDir Path folder;

    private final ManualTime time = new ManualTime();

    private Path environment(String digit, Duration unused) throws IOException {
        Path own = Files.createDirectories(folder.resolve(digit.repeat(64)));
        Files.createDirectories(own.resolve("build-x/bin"));
        Files.writeString(own.resolve("build-x/bin/tool"), "x");
        Files.writeString(own.resolve("made"), "build-x");
        Files.createFile(own.resolve("lock"));
        Path used = Files.createFile(own.resolve("used"));
        Files.setLastModifiedTime(used, FileTime.from(time.instant().minus(unused)));
        return own;
    }

    private void sweep() throws IOException {
        OldEnvironments old = new OldEnvironments(folder, time);
        for (int steps = 0; old.step(); steps++) {
            assertThat(steps).as("steps").isLessThan(100);
        }
    }

    @Test
    void removesWhatNoJobHasUsedForThirtyDays() throws Exception {
        Path old = environment("a", OldEnvironments.KEPT.plusSeconds(1));
        Path young = environment("b", OldEnvironments.KEPT.minusSeconds(1));
        Path theirs = Files.createDirectory(folder.resolve("notes"));
        Files.setLastModifiedTime(theirs, FileTime.fromMillis(0));

        sweep();

        assertThat(old).doesNotExist();
        assertThat(young.resolve("build-x/bin/tool")).exists();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("notes", "b".repeat(64));
    }

    @Test
    void looksAgainAfterSixHours() throws Exception {
        OldEnvironments old = new OldEnvironments(folder, time);
        assertThat(old.step()).isFalse();
        Path own = environment("a", OldEnvironments.KEPT.plusSeconds(1));
        assertThat(old.step()).isFalse();
        time.advance(Duration.ofHours(6));
        assertThat(old.step()).isTrue();
        assertThat(own).doesNotExist();
        assertThat(folder.toFile().list()).hasSize(1);
        assertThat(old.step()).isFalse();
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void leavesWhatIsBeingMadeAnew() throws Exception {
        Path own = environment("a", OldEnvironments.KEPT.plusSeconds(1));
        Process maker =
                new ProcessBuilder("python3", "-c", LOCKS, own.resolve("lock").toString()).start();
        try {
            assertThat(maker.getInputStream().read()).isEqualTo('1');
            sweep();
            assertThat(own.resolve("made")).exists();
        } finally {
            maker.destroyForcibly();
            assertThat(maker.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        sweep();
        assertThat(own).doesNotExist();
    }

    @Test
    void endsARemovalThatWasBrokenOff() throws Exception {
        Path left = Files.createDirectories(folder.resolve(".removed-" + "a".repeat(64) + "-1"));
        Files.writeString(left.resolve("file"), "x");

        sweep();

        assertThat(left).doesNotExist();
    }
}
