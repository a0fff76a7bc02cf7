package dev.windrow.runtime.job;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.FolderException;
import dev.windrow.spec.content.FolderFiles;
import dev.windrow.spec.content.FolderFiles.Choice;
import dev.windrow.spec.content.FolderFiles.FolderFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A job's code as it was when it was submitted: editing the script later changes nothing. What the
 * folder's ignore files name is left out, and so are folders that hold no code of the job ({@code
 * .git}, virtual environments, caches).
 */
public final class CodeSnapshot {

    private static final int FILES_MAX = 100_000;
    private static final long BYTES_MAX = 2L << 30;
    private static final int BUFFER = 1 << 16;

    private CodeSnapshot() {}

    /**
     * Where code comes from.
     *
     * @param folder absolute
     * @param whole whether all of the folder is code: it was chosen from once already
     */
    public record Source(Path folder, boolean whole) {

        /** A folder somebody works in. */
        public static Source of(Path folder) {
            return new Source(folder, false);
        }
    }

    /**
     * A digest of all files, their names and contents. Blocks on the disk.
     *
     * @throws EngineException INVALID_JOB_SPEC when the folder is too large to be code
     */
    public static String digest(Source source) {
        Path code = source.folder();
        MessageDigest digest = Digests.sha256();
        try {
            for (FolderFile one : files(code, source.whole())) {
                Path file = one.file();
                digest.update(one.path().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                long size = Files.size(file);
                digest.update(Long.toString(size).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                addContent(digest, file, size);
            }
        } catch (IOException e) {
            throw unreadable(code, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A file that somebody appends to must not keep us for ever. */
    private static void addContent(MessageDigest digest, Path file, long size) throws IOException {
        byte[] buffer = new byte[(int) Math.min(size, BUFFER)];
        long left = size;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    return;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Copies a snapshot as it is; see {@link #take}. Blocks on the disk. */
    public static void copy(Path snapshot, Path target) {
        take(new Source(snapshot, true), target);
    }

    /**
     * Copies the code; what was there before is replaced file by file. A file that grows meanwhile
     * is copied up to the size it had when its turn came. Blocks on the disk.
     */
    public static void take(Source source, Path target) {
        Path code = source.folder();
        try {
            Files.createDirectories(target);
            for (FolderFile one : files(code, source.whole())) {
                Path to = target.resolve(one.path());
                Files.createDirectories(to.getParent());
                copyFile(one.file(), to);
            }
        } catch (IOException e) {
            throw unreadable(code, e);
        }
    }

    private static void copyFile(Path file, Path to) throws IOException {
        // A copy of a read-only file can be replaced, but not written to.
        Files.deleteIfExists(to);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = in.size();
            long copied = 0;
            long last = 1;
            // Nothing more comes of a file that has shrunk.
            while (copied < size && last > 0) {
                last = in.transferTo(copied, size - copied, out);
                copied += last;
            }
        }
        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(file));
        Files.setLastModifiedTime(to, attributes.lastModifiedTime());
    }

    /**
     * Puts other code in the place of a job's snapshot and of its instances' working copies. Blocks
     * on the disk; what a crash leaves is set right by {@link #heal}.
     */
    public static void replace(Source code, JobFolder folder) throws IOException {
        Path fresh = beside(folder.code(), ".new");
        DiskFolders.delete(fresh);
        take(code, fresh);
        DurableFiles.flushTree(fresh);
        DiskFolders.delete(folder.instances());
        Path old = beside(folder.code(), ".old");
        DiskFolders.delete(old);
        if (Files.isDirectory(folder.code())) {
            Files.move(folder.code(), old);
        }
        Files.move(fresh, folder.code());
        DurableFiles.flush(folder.root());
        DiskFolders.delete(old);
    }

    /** Puts back the former snapshot when a replacement was broken off between two renames. */
    public static void heal(Path snapshot) throws IOException {
        Path old = beside(snapshot, ".old");
        if (!Files.isDirectory(snapshot) && Files.isDirectory(old)) {
            Files.move(old, snapshot);
        }
    }

    private static Path beside(Path snapshot, String suffix) {
        return snapshot.resolveSibling(snapshot.getFileName() + suffix);
    }

    /** What a snapshot holds, in order. */
    static List<FolderFile> files(Path snapshot) throws IOException {
        return files(snapshot, true);
    }

    private static List<FolderFile> files(Path code, boolean whole) throws IOException {
        return FolderFiles.list(code, new Choice(!whole, !whole, false, FILES_MAX, BYTES_MAX));
    }

    private static EngineException unreadable(Path code, IOException e) {
        if (e instanceof FolderException) {
            return new EngineException(
                    ErrorCode.INVALID_JOB_SPEC, "task.code: " + e.getMessage(), e);
        }
        return new EngineException(
                ErrorCode.INVALID_JOB_SPEC,
                "task.code: %s (expected: a folder this user may read): %s"
                        .formatted(code, e.getMessage()),
                e);
    }
}
