package dev.windrow.data.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import dev.windrow.data.TestTree;
import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.data.segment.SegmentRange;
import dev.windrow.disk.FileMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePublisherTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void publishesExactlyTheCommittedRangesInOrder(long seed) throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), seed, 500, 2_000);
        Path target = folder.resolve("new/deep/out.txt");

        PublishedFile published = publish(fixture, target);

        assertThat(target).hasBinaryContent(fixture.expected());
        assertThat(published).isEqualTo(new PublishedFile(target, FileMark.of(target), 500));
        assertThat(names(target.resolveSibling(""))).containsExactly("out.txt");
    }

    @Test
    void flushesLargeFilesWhileItCopies() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 9, 300, 1_000_000);
        Path target = folder.resolve("out.txt");

        publish(fixture, target);

        assertThat(fixture.expected().length).isGreaterThan(100 << 20);
        assertThat(target).hasBinaryContent(fixture.expected());
    }

    @Test
    void givesTheSameBytesAgainAndReplacesTheTarget() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 50, 100);
        Path target = Files.writeString(folder.resolve("out.txt"), "older");

        publish(fixture, target);
        publish(fixture, target);

        assertThat(target).hasBinaryContent(fixture.expected());
    }

    @Test
    void keepsTheFirstHeaderAndSkipsTheOthers() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("segments")).resolve("s"),
                "h\n1\nh\n2\nh\nplain\n");
        List<SegmentRange> ranges =
                List.of(
                        new SegmentRange("s", 0, 0, 0),
                        new SegmentRange("s", 0, 4, 2),
                        new SegmentRange("s", 4, 4, 2),
                        new SegmentRange("s", 8, 2, 2),
                        new SegmentRange("s", 10, 6, 0));
        Path target = folder.resolve("out.txt");
        FilePublisher publisher = new FilePublisher(new SegmentFolder(folder.resolve("segments")));

        publisher.publish(ranges.iterator(), new PublishRequest(target, "job", "1", true));
        assertThat(target).hasContent("h\n1\n2\nplain\n");

        publisher.publish(ranges.iterator(), new PublishRequest(target, "job", "1", false));
        assertThat(target).hasContent("1\n2\nplain\n");
    }

    @Test
    void removesItsOwnLeftoversAndNothingElse() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 50, 100);
        Path out = Files.createDirectory(folder.resolve("out"));
        List<String> others =
                List.of(
                        ".out.txt.windrow-job-b-7_1",
                        ".out.txt.windrow-job2-7_1",
                        ".other.windrow-job-7_1",
                        "out.txt.bak",
                        ".x");
        for (String name : others) {
            Files.writeString(out.resolve(name), "keep");
        }
        Files.writeString(out.resolve(".out.txt.windrow-job-7_0"), "half");
        Files.writeString(out.resolve(".out.txt.windrow-job-token"), "half");

        publish(fixture, out.resolve("out.txt"));

        assertThat(names(out))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(others.stream(), Stream.of("out.txt")).toList());
    }

    @Test
    void keepsRowsOfAnIncompleteJobBesideTheTarget() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 50, 100);
        PublishRequest request =
                new PublishRequest(folder.resolve("out.txt"), "job", "1", true).partial();

        new FilePublisher(fixture.segments()).publish(fixture.ranges().iterator(), request);

        assertThat(folder.resolve("out.txt")).doesNotExist();
        assertThat(folder.resolve("out.txt.partial-job")).hasBinaryContent(fixture.expected());
    }

    @Test
    void leavesTheTargetAloneWhenCommittedRowsAreLost() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 50, 100);
        Files.write(folder.resolve("segments/s1"), new byte[10]);
        Path out = Files.createDirectory(folder.resolve("out"));
        Path target = Files.writeString(out.resolve("out.txt"), "older");

        assertThatThrownBy(() -> publish(fixture, target))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.DATA_LOSS))
                .hasMessageContaining(
                        "data loss in segment " + folder.resolve("segments/s1") + ": 10 bytes");
        assertThat(target).hasContent("older");
        assertThat(names(out)).containsExactly("out.txt");
    }

    @Test
    void writesAnEmptyFileForNoRows() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 0, 1);

        publish(fixture, folder.resolve("out.txt"));

        assertThat(folder.resolve("out.txt")).isEmptyFile();
    }

    @Test
    void acceptsTargetNamesOfAnyBytesAndLength() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 50, 100);
        for (byte[] name :
                List.of(
                        "n".repeat(255).getBytes(UTF_8),
                        new byte[] {'x', (byte) 0xff},
                        "ü ö".getBytes(UTF_8))) {
            Path out = Files.createDirectories(folder.resolve("out" + name.length));
            Path target = TestTree.below(out, name);

            publish(fixture, target);

            assertThat(target).hasBinaryContent(fixture.expected());
            assertThat(names(out)).hasSize(1);
            if (name.length < 200) {
                PublishRequest request = new PublishRequest(target, "job", "token", true).partial();
                new FilePublisher(fixture.segments()).publish(fixture.ranges().iterator(), request);
                assertThat(
                                TestTree.below(
                                        out, RawPath.concat(name, ".partial-job".getBytes(UTF_8))))
                        .exists();
            }
        }
    }

    @Test
    void refusesAFolderAsTargetAndAFileAsParent() throws IOException {
        SegmentFixture fixture = SegmentFixture.make(folder.resolve("segments"), 1, 5, 100);
        Files.createDirectory(folder.resolve("out"));
        Files.createFile(folder.resolve("file"));

        assertUnwritable(fixture, folder.resolve("out"));
        assertUnwritable(fixture, folder.resolve("file/out.txt"));
    }

    private static void assertUnwritable(SegmentFixture fixture, Path target) {
        assertThatThrownBy(() -> publish(fixture, target))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.OUTPUT_UNWRITABLE));
    }

    private static PublishedFile publish(SegmentFixture fixture, Path target) {
        return new FilePublisher(fixture.segments())
                .publish(
                        fixture.ranges().iterator(),
                        new PublishRequest(target, "job", "token", true));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
