package dev.windrow.worker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that others append to stay small, and say how much is missing. */
final class OutputCapTest {

    private static final Pattern MARK =
            Pattern.compile(
                    "\n\\[(?:about )?(\\d+) bytes were cut here; the limit is \\d+ bytes]\n");

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("out.txt");
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void leavesASmallFileAlone() throws IOException {
        OutputCap cap = new OutputCap(1_000);
        append("x".repeat(750));
        assertThat(cap.check(file())).isFalse();
        cap.join(file());
        assertThat(file()).hasContent("x".repeat(750));
    }

    @Test
    void doesNotMindAFileThatIsNotThere() throws IOException {
        OutputCap cap = new OutputCap(1_000);
        assertThat(cap.check(file())).isFalse();
        cap.join(file());
        assertThat(file()).doesNotExist();
    }

    @Test
    void keepsHeadAndTailAndMarksTheCut() throws IOException {
        OutputCap cap = new OutputCap(1_000);
        append("a".repeat(500) + "b".repeat(5_000) + "c".repeat(250));
        assertThat(cap.check(file())).isTrue();
        append("d".repeat(100));
        cap.join(file());
        assertThat(file())
                .hasContent(
                        "a".repeat(500)
                                + "\n[5000 bytes were cut here; the limit is 1000 bytes]\n"
                                + "c".repeat(250)
                                + "d".repeat(100));
        assertThat(OutputCap.tailOf(file())).doesNotExist();
    }

    @Test
    void countsEverythingThatWasEverCut() throws IOException {
        OutputCap cap = new OutputCap(1_000);
        for (int i = 0; i < 9; i++) {
            append("x".repeat(900));
            cap.check(file());
        }
        cap.join(file());
        assertThat(seen(Files.readString(file()))).isEqualTo(8_100);
        assertThat(Files.size(file())).isLessThan(1_100);
    }

    @Test
    void joinsWhatAKilledAgentHasLeft() throws IOException {
        OutputCap killed = new OutputCap(1_000);
        append("x".repeat(5_000));
        killed.check(file());
        append("end");
        new OutputCap(1_000).join(file());
        String text = Files.readString(file());
        assertThat(text).endsWith("xend").contains("[4250 bytes were cut here");
    }

    @Test
    void boundsAProcessThatWritesAsFastAsItCan() throws Exception {
        long bytes = 300_000_000;
        long limit = 1 << 20;
        OutputCap cap = new OutputCap(limit);
        Process writer =
                new ProcessBuilder("sh", "-c", "yes 0123456789 | head -c " + bytes)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file().toFile()))
                        .start();
        while (writer.isAlive()) {
            cap.check(file(), WriterPosition.of(writer.pid(), 1, file()));
        }
        cap.check(file());
        cap.join(file());
        assertThat(writer.waitFor()).isZero();
        assertThat(Files.size(file())).isLessThan(limit + 1_000);
        String text = Files.readString(file(), StandardCharsets.US_ASCII);
        assertThat(text).startsWith("0123456789\n0123456789\n").endsWith("\n0123456789\n012");
        assertThat(seen(text)).isBetween(limit, bytes);
    }

    /** Cuts that fall into such a write wait for its end; the next one is made when told. */
    @Test
    void countsEachByteOfWritesOfManyMegabytes() throws Exception {
        OutputCap cap = new OutputCap(1 << 20);
        String writes =
                """
                for i in 0 1 2 3 4 5 6 7 8 9; do
                    dd if=/dev/zero bs=20M count=1 2>/dev/null; touch "$0/$i"; read go
                done
                printf 'the last line'
                """;
        Process writer =
                new ProcessBuilder("sh", "-c", writes, folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file().toFile()))
                        .start();
        WriterPosition position = WriterPosition.of(writer.pid(), 1, file());
        try (Writer go = writer.outputWriter()) {
            for (int i = 0; i < 10; i++) {
                Path written = folder.resolve(Integer.toString(i));
                while (writer.isAlive() && !Files.exists(written)) {
                    cap.check(file(), position);
                }
                cap.check(file(), position);
                go.append('\n').flush();
            }
        }
        assertThat(writer.waitFor()).isZero();
        cap.check(file());
        cap.join(file());
        String text = Files.readString(file(), StandardCharsets.US_ASCII);
        assertThat(text).endsWith("\0the last line").doesNotContain("about");
        assertThat(seen(text)).isEqualTo(10 * (20L << 20) + "the last line".length());
    }

    /** Bytes that are in the text, and those that marks speak of. */
    private static long seen(String text) {
        Matcher mark = MARK.matcher(text);
        long sum = text.length();
        while (mark.find()) {
            sum += Long.parseLong(mark.group(1)) - mark.group().length();
        }
        return sum;
    }
}
