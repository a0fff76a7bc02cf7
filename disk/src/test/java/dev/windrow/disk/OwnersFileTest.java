package dev.windrow.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnersFileTest {

    @TempDir Path folder;

    @Test
    void makesAFileForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("key");
        OwnersFile.create(file, bytes("one"));
        assertThat(file).hasContent("one");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(names()).containsExactly("key");
    }

    @Test
    void makesNoFileWhereOneIs() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "theirs");
        assertThatThrownBy(() -> OwnersFile.create(file, bytes("mine")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("theirs");
        assertThat(names()).containsExactly("key");
    }

    @Test
    void makesNoFileThroughALink() throws IOException {
        Path target = folder.resolve("elsewhere");
        Path link = Files.createSymbolicLink(folder.resolve("key"), target);
        assertThatThrownBy(() -> OwnersFile.create(link, bytes("mine")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).doesNotExist();
        assertThat(names()).containsExactly("key");
    }

    @Test
    void makesAFileByANameWithoutAFolder() throws IOException {
        Path file = Path.of("owners-file-test");
        try {
            OwnersFile.create(file, bytes("one"));
            OwnersFile.replace(file, bytes("two"));
            assertThat(file).hasContent("two");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void replacesAFileAndItsMode() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "a longer text than the next");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        OwnersFile.replace(file, bytes("next"));
        assertThat(file).hasContent("next");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(names()).containsExactly("key");
    }

    @Test
    void whoeverHasTheOldFileOpenReadsTheOldTextToItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "the old text");
        try (Stream<String> lines = Files.lines(file)) {
            OwnersFile.replace(file, bytes("new"));
            assertThat(lines).containsExactly("the old text");
        }
    }

    @Test
    void replacesALinkAndNotWhatItLeadsTo() throws IOException {
        Path target = Files.writeString(folder.resolve("elsewhere"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("key"), target);
        OwnersFile.replace(link, bytes("mine"));
        assertThat(target).hasContent("theirs");
        assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void leavesNothingBehindWhenItCannotReplace() throws IOException {
        Path file = folder.resolve("key");
        Files.createDirectories(file.resolve("full"));
        assertThatThrownBy(() -> OwnersFile.replace(file, bytes("mine")))
                .isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("key");
    }

    @Test
    void needsItsFolder() {
        Path file = folder.resolve("no/key");
        assertThatThrownBy(() -> OwnersFile.create(file, bytes("mine")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(file.toString());
    }

    @Test
    void allThatMakeOneAtOnceReadTheSame() throws Exception {
        Path file = folder.resolve("key");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> makers =
                    IntStream.range(0, 8)
                            .<Callable<String>>mapToObj(n ->
                                    () ->
                                            new String(
                                                    OwnersFile.readOrCreate(
                                                            file, () -> bytes("by " + n)),
                                                    StandardCharsets.UTF_8))
                            .toList();
            String kept = "";
            for (Future<String> one : threads.invokeAll(makers)) {
                kept = kept.isEmpty() ? one.get() : kept;
                assertThat(one.get()).isEqualTo(kept).startsWith("by ");
            }
        }
        assertThat(names()).containsExactly("key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw-----w-", "rw----r--", "rwx--x---"})
    void tellsWhenOthersMayUseIt(String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(OwnersFile.isOpenToOthers(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rwx------", "r--------", "---------"})
    void tellsWhenNobodyElseMayUseIt(String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(OwnersFile.isOpenToOthers(file)).isFalse();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
