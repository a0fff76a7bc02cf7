package dev.windrow.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.disk.MarkedCopy.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkedCopyTest {

    private static final long LARGE = 200L << 20;

    @TempDir Path folder;
    private Path file;
    private FileMark mark;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("rows.txt"), "one\ntwo\n");
        mark = FileMark.of(file);
    }

    private Outcome copy(BooleanSupplier stopped) throws IOException {
        Path place = folder.resolve("copy");
        return MarkedCopy.make(file, mark, place, folder.resolve("copy.new"), stopped);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void copiesAFileThatIsAsItWasMarked() throws IOException {
        Files.writeString(folder.resolve("copy.new"), "longer than what an earlier try has left");
        Files.writeString(folder.resolve("copy"), "older");
        assertThat(copy(() -> false)).isEqualTo(Outcome.MADE);
        assertThat(folder.resolve("copy")).hasContent("one\ntwo\n");
        assertThat(names()).containsExactly("copy", "rows.txt");
    }

    @Test
    void copiesAnEmptyFile() throws IOException {
        mark = FileMark.of(Files.writeString(file, ""));
        assertThat(copy(() -> true)).isEqualTo(Outcome.MADE);
        assertThat(folder.resolve("copy")).isEmptyFile();
    }

    @Test
    void refusesAFileThatWasWrittenAgain() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(mark.modifiedMillis() + 1));
        assertThat(copy(() -> false)).isEqualTo(Outcome.CHANGED);
        Files.writeString(file, "another length");
        assertThat(copy(() -> false)).isEqualTo(Outcome.CHANGED);
        assertThat(names()).containsExactly("rows.txt");
    }

    @Test
    void seesAChangeThatComesWhileItCopies() throws IOException {
        large();
        assertThat(
                        copy(() -> {
                            touch();
                            return false;
                        }))
                .isEqualTo(Outcome.CHANGED);
        assertThat(names()).containsExactly("rows.txt");
    }

    private void touch() {
        try {
            Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void large() throws IOException {
        try (RandomAccessFile one = new RandomAccessFile(file.toFile(), "rw")) {
            one.setLength(LARGE);
        }
        // So that a write that comes at once is seen whatever the clock's grain.
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        mark = FileMark.of(file);
    }

    @Test
    void stopsBetweenTwoPieces() throws IOException {
        large();
        int[] asked = {0};
        assertThat(copy(() -> ++asked[0] > 2)).isEqualTo(Outcome.STOPPED);
        assertThat(asked[0]).isEqualTo(3);
        assertThat(names()).containsExactly("rows.txt");
    }

    @Test
    void saysThatAFileIsGone() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> copy(() -> false)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FileMark.of(folder)).hasMessageContaining("expected: a file");
    }

    @Test
    void aMarkIsATextAndBack() {
        assertThat(FileMark.of(mark.text())).contains(mark);
        for (String text :
                List.of("", "1", "1 ", "-1 2", "1 2 3", "1 2\n", "9".repeat(30) + " 1")) {
            assertThat(FileMark.of(text)).as(text).isEmpty();
        }
    }
}
