package dev.windrow.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.job.CodeSnapshot.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class CodeSnapshotTest {

    @TempDir Path home;

    @Test
    void newCodeTakesThePlaceOfTheSnapshotAndOfAllWorkingCopies() throws IOException {
        JobFolder folder = JobFolder.of(home, "job");
        write(folder.code().resolve("entry.py"), "old");
        write(folder.code().resolve("gone.py"), "old");
        write(folder.instance(0).resolve("code/entry.py"), "old");
        write(home.resolve("new/entry.py"), "new");
        CodeSnapshot.replace(Source.of(home.resolve("new")), folder);
        assertThat(folder.code().resolve("entry.py")).hasContent("new");
        assertThat(folder.code().resolve("gone.py")).doesNotExist();
        assertThat(folder.instances()).doesNotExist();
        assertThat(CodeSnapshot.digest(Source.of(folder.code())))
                .isEqualTo(CodeSnapshot.digest(Source.of(home.resolve("new"))));
    }

    @Test
    void theFormerSnapshotComesBackWhenAReplacementWasBrokenOff() throws IOException {
        JobFolder folder = JobFolder.of(home, "job");
        write(folder.code().resolve("entry.py"), "old");
        Files.move(folder.code(), folder.code().resolveSibling("code.old"));
        CodeSnapshot.heal(folder.code());
        assertThat(folder.code().resolve("entry.py")).hasContent("old");
    }

    @Test
    void aCopyKeepsPermissionsAndTimesAndReplacesWhatIsReadOnly() throws IOException {
        Path script = home.resolve("new/run.sh");
        write(script, "#!/bin/sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setLastModifiedTime(script, FileTime.fromMillis(1_000));
        Files.createSymbolicLink(home.resolve("new/link.sh"), script);
        CodeSnapshot.copy(home.resolve("new"), home.resolve("copy"));
        CodeSnapshot.copy(home.resolve("new"), home.resolve("copy"));
        Path copy = home.resolve("copy/run.sh");
        assertThat(copy).hasSameBinaryContentAs(script);
        assertThat(Files.getPosixFilePermissions(copy))
                .isEqualTo(Files.getPosixFilePermissions(script));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.fromMillis(1_000));
        assertThat(home.resolve("copy/link.sh")).isRegularFile().hasContent("#!/bin/sh");
        assertThat(CodeSnapshot.digest(Source.of(home.resolve("copy"))))
                .isEqualTo(CodeSnapshot.digest(Source.of(home.resolve("new"))));
    }

    /** Grows faster than anybody copies: for each byte read there is another one. */
    @Test
    @Timeout(60)
    void aFileThatGrowsWhileItIsCopiedIsCopiedUpToTheSizeItHad() throws Exception {
        Path log = home.resolve("new/log.txt");
        byte[] piece = new byte[1 << 20];
        Files.createDirectories(log.getParent());
        Files.write(log, piece);
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
                                for (int i = 0; i < 100 && !ended.get(); i++) {
                                    out.write(piece);
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        CodeSnapshot.copy(home.resolve("new"), home.resolve("copy"));
        CodeSnapshot.digest(Source.of(home.resolve("new")));
        long copied = Files.size(home.resolve("copy/log.txt"));
        ended.set(true);
        writer.join();
        assertThat(copied).isBetween((long) piece.length, Files.size(log));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
