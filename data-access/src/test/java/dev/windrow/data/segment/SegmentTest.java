package dev.windrow.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/etc/passwd", "../up", "a\nb", ".hidden"})
    void refusesNamesThatCouldLeaveTheFolder(String name) {
        assertThatThrownBy(() -> new SegmentRange(name, 0, 0, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new SegmentFolder(folder).file(name))
                .isInstanceOf(DataException.class);
    }

    @Test
    void refusesLengthsThatDoNotFitTogether() {
        assertThatThrownBy(() -> new SegmentRange("a", -1, 1, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new SegmentRange("a", 1, -1, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new SegmentRange("a", 1, 5, 6)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new SegmentRange("a", Long.MAX_VALUE, 1, 0))
                .isInstanceOf(DataException.class);
    }

    @Test
    void flushesWhatAnotherDescriptorAppends() throws Exception {
        Path file = Files.createFile(folder.resolve("s1"));
        try (SegmentFlusher flusher = new SegmentFlusher(new SegmentFolder(folder));
                FileChannel writer = FileChannel.open(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 3; i++) {
                writer.write(ByteBuffer.wrap(new byte[100]));
                flusher.flush("s1");
            }
            flusher.release("s1");
            assertThatCode(() -> flusher.release("s1")).doesNotThrowAnyException();
            assertThatCode(() -> flusher.flush("s1")).doesNotThrowAnyException();
        }
        assertThat(file).hasSize(300);
    }

    @Test
    void callsAMissingOrShortSegmentDataLoss() throws IOException {
        Files.write(folder.resolve("s1"), new byte[100]);
        try (SegmentReader reader = new SegmentReader(new SegmentFolder(folder));
                SegmentFlusher flusher = new SegmentFlusher(new SegmentFolder(folder))) {
            assertThatCode(() -> reader.validate(new SegmentRange("s1", 50, 50, 0)))
                    .doesNotThrowAnyException();
            assertLoss(
                    () -> reader.validate(new SegmentRange("s1", 50, 51, 0)),
                    "expected: at least 101");
            assertLoss(() -> reader.validate(new SegmentRange("s2", 0, 1, 0)), "/s2");
            assertLoss(() -> flusher.flush("s2"), "/s2");
        }
    }

    @Test
    void readsFromMoreSegmentsThanItKeepsOpen() throws IOException {
        Path copy = folder.resolve("copy");
        try (SegmentReader reader = new SegmentReader(new SegmentFolder(folder));
                FileChannel out =
                        FileChannel.open(
                                copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 200; i++) {
                Files.writeString(folder.resolve("s" + i), i + "\n");
            }
            for (int i = 0; i < 200; i++) {
                reader.transfer("s" + i, 0, Files.size(folder.resolve("s" + i)), out);
            }
        }
        assertThat(Files.readAllLines(copy)).hasSize(200).endsWith("198", "199");
    }

    private static void assertLoss(ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.DATA_LOSS))
                .hasMessageContaining(part);
    }
}
