package dev.windrow.data.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishes in a process of its own, kills that with SIGKILL, and publishes again. */
final class PublishKillTest {
    private static final int COUNT = 400;
    private static final int LONGEST = 60_000;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137, 250, COUNT - 1})
    void showsNothingOfAHalfWrittenFile(int stopAt) throws Exception {
        SegmentFixture fixture = fixture();
        Path target = target();
        Process process = start(List.of(), target, stopAt);
        awaitLine(process, "at");
        kill(process);

        assertThat(target).hasContent("older");
        publishAgain(fixture, target);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isWholeWheneverItIsKilledAroundTheRename(long seed) throws Exception {
        SegmentFixture fixture = fixture();
        Path target = target();
        Process process = start(List.of(), target, -1);
        awaitLine(process, "last");
        // Some instant while it flushes, renames and flushes the folder, or just after.
        process.waitFor(new Random(seed).nextInt(40_000), TimeUnit.MICROSECONDS);
        kill(process);

        if (Files.size(target) == "older".length()) {
            assertThat(target).hasContent("older");
        } else {
            assertThat(target).hasBinaryContent(fixture.expected());
        }
        publishAgain(fixture, target);
    }

    @Test
    void removesItsFileWhenTheSystemRefusesMoreBytes() throws Exception {
        SegmentFixture fixture = fixture();
        Path target = target();
        // The limit of a file's size stands in for a full disk, which a test cannot have
        // everywhere.
        List<String> limited = List.of("bash", "-c", "ulimit -f 5000; exec \"$@\"", "bash");
        Process process = start(limited, target, -1);
        awaitLine(process, "OUTPUT_UNWRITABLE");
        process.waitFor();

        assertThat(target).hasContent("older");
        assertThat(names(target.resolveSibling(""))).containsExactly("neighbour", "out.txt");
        publishAgain(fixture, target);
    }

    private SegmentFixture fixture() throws IOException {
        return SegmentFixture.make(folder.resolve("segments"), 99, COUNT, LONGEST);
    }

    private Path target() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("neighbour"), "keep");
        return Files.writeString(out.resolve("out.txt"), "older");
    }

    private Process start(List<String> before, Path target, int stopAt) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path")));
        command.add(PublishingProgram.class.getName());
        command.addAll(
                List.of(folder.resolve("segments").toString(), "99", "" + COUNT, "" + LONGEST));
        command.addAll(List.of(target.toString(), "" + stopAt));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void awaitLine(Process process, String wanted) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        List<String> said = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            said.add(line);
            line = lines.readLine();
        }
        assertThat(line).as("after " + said).isEqualTo(wanted);
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static void publishAgain(SegmentFixture fixture, Path target) throws IOException {
        new FilePublisher(fixture.segments())
                .publish(
                        fixture.ranges().iterator(),
                        new PublishRequest(target, "job", "again", true));
        assertThat(target).hasBinaryContent(fixture.expected());
        assertThat(names(target.resolveSibling(""))).containsExactly("neighbour", "out.txt");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
