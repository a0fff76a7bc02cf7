package dev.windrow.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockedFolderTest {

    private static final String TRIES =
            "import fcntl,sys; fcntl.lockf(open(sys.argv[1],'w'),fcntl.LOCK_EX|fcntl.LOCK_NB)";

    @TempDir Path folder;

    private boolean pythonTakesIt() throws Exception {
        Process python =
                new ProcessBuilder("python3", "-c", TRIES, folder.resolve("lock").toString())
                        .redirectErrorStream(true)
                        .start();
        python.getInputStream().readAllBytes();
        assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return python.exitValue() == 0;
    }

    @Test
    void keepsOthersAwayUntilItIsClosed() throws Exception {
        LockedFolder taken = LockedFolder.tryTake(folder).orElseThrow();
        assertThat(LockedFolder.tryTake(folder)).isEmpty();
        taken.close();

        Optional<LockedFolder> again = LockedFolder.tryTake(folder);
        assertThat(again).isPresent();
        assertThat(pythonTakesIt()).isFalse();
        again.get().close();
        assertThat(pythonTakesIt()).isTrue();
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> LockedFolder.tryTake(none))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(Files.exists(none)).isFalse();
    }
}
