package dev.windrow.worker.fetch;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a folder as a compressed archive of files and links, which never is in memory or on the
 * disk as a whole. Times of files stay as they are, because compiled modules name those of their
 * sources.
 */
public final class PackedFolder {

    private static final int PERMISSIONS = 0777;
    private static final String NAMES = "UTF-8";

    private final Path around;
    private final ArchiveBounds bounds;
    private long bytes;
    private int files;

    private PackedFolder(Path around, ArchiveBounds bounds) {
        this.around = around;
        this.bounds = bounds;
    }

    /**
     * Writes a folder under its own name. Blocks on the disk and on the stream, which is not
     * closed.
     *
     * @throws FetchException when it holds more than the bounds say, or what no archive has
     */
    public static void pack(Path folder, ArchiveBounds bounds, OutputStream out)
            throws IOException {
        Path around = folder.resolveSibling(".").normalize();
        // Neither is closed: the archive ends before what it is written to.
        Quick packed = new Quick(out);
        BufferedOutputStream buffered = new BufferedOutputStream(packed);
        TarArchiveOutputStream archive = new TarArchiveOutputStream(buffered, NAMES);
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        archive.setAddPaxHeadersForNonAsciiNames(true);
        new PackedFolder(around, bounds).fill(folder, archive);
        archive.finish();
        // An archive passes no flush on.
        buffered.flush();
        packed.finish();
    }

    /** A machine packs faster than most networks carry, if it does not pack too well. */
    private static final class Quick extends GZIPOutputStream {
        private static final int BUFFER = 1 << 16;

        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private void fill(Path folder, TarArchiveOutputStream out) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes found)
                            throws IOException {
                        add(file, found, out);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void add(Path file, BasicFileAttributes found, TarArchiveOutputStream out)
            throws IOException {
        String name = around.relativize(file).toString();
        if (found.isSymbolicLink()) {
            TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(file).toString());
            count(0);
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
            return;
        }
        if (!found.isRegularFile()) {
            throw new FetchException(
                    "environment: %s (expected: files, folders and links)".formatted(file));
        }
        count(found.size());
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(found.size());
        entry.setMode((int) Files.getAttribute(file, "unix:mode") & PERMISSIONS);
        entry.setLastModifiedTime(FileTime.from(found.lastModifiedTime().to(SECONDS), SECONDS));
        out.putArchiveEntry(entry);
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(out);
        }
        out.closeArchiveEntry();
    }

    private void count(long more) throws FetchException {
        bytes += more;
        files++;
        if (bytes > bounds.bytes() || files > bounds.files()) {
            throw new FetchException(
                    "environment: more than %d bytes or %d files (expected: at most that)"
                            .formatted(bounds.bytes(), bounds.files()));
        }
    }
}
