package dev.windrow.runtime.job;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A job's code as it was when it was submitted: editing the script later changes nothing. Folders
 * that hold no code of the job ({@code .git}, virtual environments, caches) are left out.
 */
public final class CodeSnapshot {

    private static final Set<String> LEFT_OUT =
            Set.of(".git", ".venv", "venv", "__pycache__", ".ipynb_checkpoints", ".mypy_cache");
    private static final int FILES_MAX = 100_000;
    private static final long BYTES_MAX = 2L << 30;
    private static final int BUFFER = 1 << 16;

    private CodeSnapshot() {}

    /**
     * A digest of all files, their names and contents. Blocks on the disk.
     *
     * @throws EngineException INVALID_JOB_SPEC when the folder is too large to be code
     */
    public static String digest(Path code) {
        MessageDigest digest = sha256();
        try {
            for (Path file : files(code)) {
                String name = code.relativize(file).toString();
                digest.update(name.getBytes(StandardCharsets.UTF_8));
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

    /**
     * Copies the code; what was there before is replaced file by file. A file that grows meanwhile
     * is copied up to the size it had when its turn came. Blocks on the disk.
     */
    public static void copy(Path code, Path target) {
        try {
            Files.createDirectories(target);
            for (Path file : files(code)) {
                Path to = target.resolve(code.relativize(file).toString());
                Files.createDirectories(to.getParent());
                copyFile(file, to);
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
    public static void replace(Path code, JobFolder folder) throws IOException {
        Path fresh = beside(folder.code(), ".new");
        DiskFolders.delete(fresh);
        copy(code, fresh);
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

    private static List<Path> files(Path code) throws IOException {
        List<Path> files = new ArrayList<>();
        long[] bytes = {0};
        Files.walkFileTree(
                code,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        boolean out =
                                !folder.equals(code)
                                        && LEFT_OUT.contains(folder.getFileName().toString());
                        return out ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() || pointsToFile(file)) {
                            files.add(file);
                            bytes[0] += attributes.size();
                        }
                        boolean large = files.size() > FILES_MAX || bytes[0] > BYTES_MAX;
                        return large ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                    }
                });
        if (files.size() > FILES_MAX || bytes[0] > BYTES_MAX) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    "task.code: %s (expected: at most %d files and %d GiB of code; data belongs in an"
                                    .formatted(code, FILES_MAX, BYTES_MAX >> 30)
                            + " input)");
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    private static boolean pointsToFile(Path file) {
        return Files.isSymbolicLink(file)
                && Files.isRegularFile(file)
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static EngineException unreadable(Path code, IOException e) {
        return new EngineException(
                ErrorCode.INVALID_JOB_SPEC,
                "task.code: %s (expected: a folder this user may read): %s"
                        .formatted(code, e.getMessage()),
                e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
