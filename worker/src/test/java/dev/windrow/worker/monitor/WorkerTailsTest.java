package dev.windrow.worker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tails that a killed worker has left are put where a reader looks for them. */
final class WorkerTailsTest {

    @TempDir Path folder;

    private Path write(String name, String text, long changed) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(changed));
        return file;
    }

    @Test
    void leavesAFileWithoutTailsAlone() throws IOException {
        Path file = write("log.txt", "all", 1_000);
        WorkerTails.join(file, 100);
        assertThat(file).hasContent("all");
    }

    @Test
    void appendsASingleTail() throws IOException {
        Path file = write("log.txt", "head ", 1_000);
        write("log.txt.tail1", "tail", 2_000);
        WorkerTails.join(file, 100);
        assertThat(file).hasContent("head tail");
        assertThat(folder.resolve("log.txt.tail1")).doesNotExist();
    }

    @Test
    void appendsTheOlderTailFirstAndSaysThatSomethingMayBeMissing() throws IOException {
        Path file = write("log.txt", "head", 1_000);
        write("log.txt.tail1", "newer", 3_000);
        write("log.txt.tail2", "older ", 2_000);
        WorkerTails.join(file, 100);
        assertThat(file)
                .hasContent(
                        "head\n[bytes may have been cut here; the limit is 100 bytes]\nolder newer");
        assertThat(folder).isDirectoryNotContaining("glob:**.tail*");
    }
}
