package dev.windrow.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FetchedFolderTest {

    @TempDir Path folder;

    private interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    private Path archive(Filling filling) throws IOException {
        Path archive = folder.resolve("code.tar");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(Files.newOutputStream(archive), "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.fill(out);
        }
        return archive;
    }

    private static void file(TarArchiveOutputStream out, String name, int mode, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static String digest(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    private void refuses(Path archive, ArchiveBounds bounds, String why) throws Exception {
        String digest = digest(archive);
        Path target = folder.resolve("work/code");
        Files.createDirectories(folder.resolve("work"));
        assertThatThrownBy(() -> FetchedFolder.unpack("code", archive, digest, target, bounds))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(why);
        assertThat(target).doesNotExist();
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    @Test
    void unpacksFilesWithTheirModes() throws Exception {
        String deep = "a".repeat(120) + "/ü/b.py";
        Path archive =
                archive(out -> {
                    file(out, deep, 0644, "text");
                    file(out, "run.sh", 0750, "");
                });
        Path code = folder.resolve("code");
        FetchedFolder.unpack("code", archive, digest(archive), code, ArchiveBounds.CODE);

        assertThat(code.resolve(deep)).hasContent("text");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(code.resolve("run.sh"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void refusesAnotherArchiveThanTheOneThatWasNamed() throws Exception {
        Path archive = archive(out -> file(out, "a.py", 0644, "text"));
        assertThatThrownBy(() ->
                        FetchedFolder.unpack(
                                "code",
                                archive,
                                "0".repeat(64),
                                folder.resolve("c"),
                                ArchiveBounds.CODE))
                .isInstanceOf(FetchException.class)
                .hasMessage(
                        "code: an archive of SHA-256 %s (expected: %s)"
                                .formatted(digest(archive), "0".repeat(64)));
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped",
                "a/../../escaped",
                "/escaped",
                "a/./b",
                "./a",
                "a//../b",
                ".",
                "..",
                ""
            })
    void refusesNamesThatLeaveTheFolderOrAreNotPlain(String name) throws Exception {
        Path archive = archive(out -> file(out, name, 0644, "text"));
        refuses(archive, ArchiveBounds.CODE, "(expected: a path inside the folder)");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_DIR,
                TarConstants.LF_FIFO,
                TarConstants.LF_CHR
            })
    void refusesWhatIsNoFile(byte kind) throws Exception {
        Path archive =
                archive(out -> {
                    TarArchiveEntry entry = new TarArchiveEntry("link", kind);
                    entry.setLinkName("/etc/passwd");
                    out.putArchiveEntry(entry);
                    out.closeArchiveEntry();
                });
        refuses(archive, ArchiveBounds.CODE, "(expected: files and nothing else)");
    }

    @Test
    void refusesAFileThatIsThereTwice() throws Exception {
        Path archive =
                archive(out -> {
                    file(out, "a.py", 0644, "one");
                    file(out, "a.py", 0644, "two");
                });
        refuses(archive, ArchiveBounds.CODE, "code: a.py (expected: each file once)");
        Path below =
                archive(out -> {
                    file(out, "a.py", 0644, "one");
                    file(out, "a.py/b", 0644, "two");
                });
        refuses(below, ArchiveBounds.CODE, "(expected: each file once)");
    }

    @Test
    void refusesMoreThanItsBounds() throws Exception {
        Path archive =
                archive(out -> {
                    file(out, "a.py", 0644, "one");
                    file(out, "b.py", 0644, "two");
                });
        refuses(archive, new ArchiveBounds(5, 10), "code: more than 5 bytes or 10 files");
        refuses(archive, new ArchiveBounds(50, 1), "code: more than 50 bytes or 1 files");
    }

    @Test
    void refusesWhatIsNoArchiveOrNotAllOfOne() throws Exception {
        Path rubbish =
                Files.write(
                        folder.resolve("rubbish"),
                        "x".repeat(600).getBytes(StandardCharsets.UTF_8));
        refuses(rubbish, ArchiveBounds.CODE, "cannot be unpacked");
        Path archive = archive(out -> file(out, "a.py", 0644, "one".repeat(1_000)));
        byte[] all = Files.readAllBytes(archive);
        Path half = Files.write(folder.resolve("half"), java.util.Arrays.copyOf(all, 1_500));
        refuses(half, ArchiveBounds.CODE, "cannot be unpacked");
    }
}
