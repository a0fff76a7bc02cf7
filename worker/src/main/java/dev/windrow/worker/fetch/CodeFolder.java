package dev.windrow.worker.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes a folder of code from an archive that is known by its digest. Blocks on the disk. */
public final class CodeFolder {

    private static final String NAMES = "UTF-8";
    private static final List<PosixFilePermission> BITS =
            List.of(
                    PosixFilePermission.OTHERS_EXECUTE,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_READ);

    private final Path target;
    private final CodeBounds bounds;
    private long bytes;
    private int files;

    private CodeFolder(Path target, CodeBounds bounds) {
        this.target = target;
        this.bounds = bounds;
    }

    /**
     * Unpacks an archive into a folder that is not there yet: whole or not at all.
     *
     * @param sha256 what the archive has to be, in hexadecimal digits
     * @throws FetchException when it is another, or holds what no archive of code does
     */
    public static void unpack(Path archive, String sha256, Path folder, CodeBounds bounds)
            throws IOException {
        String found = digest(archive);
        if (!found.equals(sha256)) {
            throw new FetchException(
                    "code: an archive of SHA-256 %s (expected: %s)".formatted(found, sha256));
        }
        Path fresh = Files.createTempDirectory(folder.resolveSibling("."), "code-").normalize();
        new CodeFolder(fresh, bounds).fill(archive);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String digest(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                DigestInputStream all =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            all.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(all.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill(Path archive) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream entries = new TarArchiveInputStream(in, NAMES)) {
            for (TarArchiveEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                add(entry, entries);
            }
            if (files == 0) {
                throw new FetchException("code: an archive of nothing (expected: files)");
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // By its digest it is what the server has: another try would bring the same.
            throw new FetchException("code: cannot be unpacked: " + e.getMessage());
        }
    }

    private void add(TarArchiveEntry entry, InputStream content) throws IOException {
        Path file = place(entry);
        bytes += entry.getSize();
        files++;
        if (bytes > bounds.bytes() || files > bounds.files()) {
            throw new FetchException(
                    "code: more than %d bytes or %d files (expected: at most that)"
                            .formatted(bounds.bytes(), bounds.files()));
        }
        try {
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.copy(content, file);
        } catch (FileAlreadyExistsException _) {
            throw refused(entry, "each file once");
        }
        Files.setPosixFilePermissions(file, permissions(entry.getMode()));
        Files.setLastModifiedTime(file, entry.getLastModifiedTime());
    }

    private Path place(TarArchiveEntry entry) throws FetchException {
        String name = entry.getName();
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL || name.endsWith("/")) {
            throw refused(entry, "files and nothing else");
        }
        try {
            Path relative = Path.of(name);
            Path file = target.resolve(relative);
            if (!relative.isAbsolute()
                    && !name.isEmpty()
                    && file.normalize().equals(file)
                    && file.startsWith(target)
                    && !file.equals(target)) {
                return file;
            }
        } catch (InvalidPathException _) {
            // Refused below.
        }
        throw refused(entry, "a path inside the folder");
    }

    private static FetchException refused(TarArchiveEntry entry, String rule) {
        return new FetchException(
                "code: %s (expected: %s)"
                        .formatted(entry.getName().replaceAll("\\p{Cntrl}", "?"), rule));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.size(); bit++) {
            if ((mode >> bit & 1) == 1) {
                permissions.add(BITS.get(bit));
            }
        }
        return permissions;
    }
}
