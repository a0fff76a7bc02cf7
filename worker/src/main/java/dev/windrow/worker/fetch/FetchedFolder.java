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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes a folder from an archive that is known by its digest. Blocks on the disk. */
public final class FetchedFolder {

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

    private final String what;
    private final Path target;
    private final ArchiveBounds bounds;
    private final boolean packed;
    private final Map<Path, Path> links = new LinkedHashMap<>();
    private long bytes;
    private int files;

    private FetchedFolder(String what, Path target, ArchiveBounds bounds, boolean packed) {
        this.what = what;
        this.target = target;
        this.bounds = bounds;
        this.packed = packed;
    }

    /**
     * Unpacks an archive into a folder that is not there yet: whole or not at all.
     *
     * @param what it holds, for messages
     * @param sha256 what the archive has to be, in hexadecimal digits
     * @throws FetchException when it is another, or holds what no archive of ours does
     */
    public static void unpack(
            String what, Path archive, String sha256, Path folder, ArchiveBounds bounds)
            throws IOException {
        unpack(what, archive, sha256, folder, bounds, false);
    }

    /**
     * The same for what {@link PackedFolder} has made, which may hold links as well: to what is in
     * the folder, or to programs elsewhere.
     */
    public static void unpackPacked(
            String what, Path archive, String sha256, Path folder, ArchiveBounds bounds)
            throws IOException {
        unpack(what, archive, sha256, folder, bounds, true);
    }

    private static void unpack(
            String what,
            Path archive,
            String sha256,
            Path folder,
            ArchiveBounds bounds,
            boolean packed)
            throws IOException {
        String found = digest(archive);
        if (!found.equals(sha256)) {
            throw new FetchException(
                    "%s: an archive of SHA-256 %s (expected: %s)".formatted(what, found, sha256));
        }
        Path fresh = Files.createTempDirectory(folder.resolveSibling("."), "fetched-").normalize();
        new FetchedFolder(what, fresh, bounds, packed).fill(archive);
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
                TarArchiveInputStream entries =
                        new TarArchiveInputStream(packed ? new GZIPInputStream(in) : in, NAMES)) {
            for (TarArchiveEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                add(entry, entries);
            }
            link();
        } catch (FetchException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // By its digest it is what the server has: another try would bring the same.
            throw new FetchException(what + ": cannot be unpacked: " + e.getMessage());
        }
    }

    private void add(TarArchiveEntry entry, InputStream content) throws IOException {
        Path file = place(entry);
        bytes += entry.getSize();
        files++;
        if (bytes > bounds.bytes() || files > bounds.files()) {
            throw new FetchException(
                    "%s: more than %d bytes or %d files (expected: at most that)"
                            .formatted(what, bounds.bytes(), bounds.files()));
        }
        if (packed && entry.getLinkFlag() == TarConstants.LF_SYMLINK) {
            links.put(file, destination(file, entry));
            return;
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
        boolean link = packed && entry.getLinkFlag() == TarConstants.LF_SYMLINK;
        if ((entry.getLinkFlag() != TarConstants.LF_NORMAL && !link) || name.endsWith("/")) {
            throw refused(entry, packed ? "files and links" : "files and nothing else");
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

    /** Where a link leads to: within the folder, or, from one of programs, anywhere. */
    private Path destination(Path link, TarArchiveEntry entry) throws FetchException {
        try {
            Path named = Path.of(entry.getLinkName());
            Path there = link.resolveSibling(named).normalize();
            boolean program =
                    named.isAbsolute() && link.resolveSibling(".").normalize().endsWith("bin");
            if (program || (!named.isAbsolute() && there.startsWith(target))) {
                return named;
            }
        } catch (InvalidPathException _) {
            // Refused below.
        }
        throw refused(entry, "a link that stays inside the folder");
    }

    /** Last of all, and folders before links, so that nothing is written through a link. */
    private void link() throws IOException {
        for (Path link : links.keySet()) {
            Files.createDirectories(link.resolveSibling(".").normalize());
        }
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
    }

    private FetchException refused(TarArchiveEntry entry, String rule) {
        return new FetchException(
                "%s: %s (expected: %s)"
                        .formatted(what, entry.getName().replaceAll("\\p{Cntrl}", "?"), rule));
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
