package dev.windrow.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackedFolderTest {

    private static final Instant OLD = Instant.parse("2001-02-03T04:05:06Z");

    @TempDir Path folder;

    private Path source;
    private Path archive;
    private Path target;

    @BeforeEach
    void setUp() throws IOException {
        source = Files.createDirectories(folder.resolve("a/build-1"));
        archive = folder.resolve("archive");
        target = folder.resolve("b");
    }

    private void pack(ArchiveBounds bounds) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive)) {
            PackedFolder.pack(source, bounds, out);
        }
    }

    private void unpack() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
        FetchedFolder.unpackPacked(
                "environment",
                archive,
                HexFormat.of().formatHex(digest),
                target,
                ArchiveBounds.ENVIRONMENT);
    }

    @Test
    void bringsFilesLinksModesAndTimes() throws Exception {
        Path deep = Files.createDirectories(source.resolve("lib/" + "d".repeat(120)));
        Path module = Files.writeString(deep.resolve("k\u00f6ln.py"), "x = 1\n");
        Files.setLastModifiedTime(module, FileTime.from(OLD.plusMillis(700)));
        Path tool =
                Files.writeString(Files.createDirectory(source.resolve("bin")).resolve("t"), "");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(source.resolve("bin/python"), Path.of("/usr/bin/python3"));
        Files.createSymbolicLink(source.resolve("lib64"), Path.of("lib"));

        pack(ArchiveBounds.ENVIRONMENT);
        unpack();

        Path there = target.resolve("build-1");
        Path same = there.resolve(source.relativize(module));
        assertThat(same).hasContent("x = 1\n");
        assertThat(Files.getLastModifiedTime(same).toInstant()).isEqualTo(OLD);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(there.resolve("bin/t"))))
                .isEqualTo("rwxr-x--x");
        assertThat(Files.readSymbolicLink(there.resolve("bin/python")))
                .isEqualTo(Path.of("/usr/bin/python3"));
        assertThat(Files.readSymbolicLink(there.resolve("lib64"))).isEqualTo(Path.of("lib"));
    }

    @Test
    void refusesMoreThanItsBoundsAndWhatIsNoFile() throws Exception {
        Files.writeString(source.resolve("a"), "12345");
        Files.writeString(source.resolve("b"), "67890");
        assertThatThrownBy(() -> pack(new ArchiveBounds(9, 10)))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("more than 9 bytes or 10 files");
        assertThatThrownBy(() -> pack(new ArchiveBounds(99, 1))).isInstanceOf(FetchException.class);
        Path pipe = source.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> pack(ArchiveBounds.ENVIRONMENT))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("pipe (expected: files, folders and links)");
    }

    @ParameterizedTest
    @CsvSource({
        "lib, /etc",
        "bin/../x, /etc",
        "bin/x, ../../etc",
        "a/b, ../../../escaped",
        "../bin/x, /etc",
        "/bin/x, /etc"
    })
    void refusesLinksThatLeadOut(String name, String destination) throws Exception {
        links(out -> link(out, name, destination));
        assertThatThrownBy(this::unpack).isInstanceOf(FetchException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void writesNothingThroughALink() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        links(out -> {
            link(out, "bin/x", outside.toString());
            link(out, "bin/x/bin/y", "/etc");
        });
        assertThatThrownBy(this::unpack).isInstanceOf(FetchException.class);
        links(out -> {
            link(out, "bin/x", outside.toString());
            out.putArchiveEntry(new TarArchiveEntry("bin/x/file"));
            out.closeArchiveEntry();
        });
        assertThatThrownBy(this::unpack).isInstanceOf(FetchException.class);
        assertThat(outside).isEmptyDirectory();
    }

    private interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    private void links(Filling filling) throws IOException {
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(archive)), "UTF-8")) {
            filling.fill(out);
        }
    }

    private static void link(TarArchiveOutputStream out, String name, String destination)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(destination);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }
}
