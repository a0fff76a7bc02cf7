package dev.windrow.runtime.job;

import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.FolderFiles.FolderFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A job's code snapshot as one file, for agents that do not see it. The same code makes the same
 * archive: files in order, with their modes, and all of one date. It lies with what belongs to
 * instances, and goes with that.
 *
 * @param sha256 of the file, in hexadecimal digits
 */
public record CodeArchive(Path file, String sha256) {

    private static final Pattern NAME = Pattern.compile("code-([0-9a-f]{64})\\.tar");

    /** Late enough for tools that know no earlier time. */
    private static final FileTime DATE = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private static final int PERMISSIONS = 0777;
    private static final String NAMES = "UTF-8";

    /**
     * The archive of a job; made when there is none. Two who make it at one time make the same.
     * Blocks on the disk.
     *
     * @throws IOException when the disk refuses, or the job has ended and all this is gone
     */
    public static CodeArchive of(JobFolder folder) throws IOException {
        Optional<CodeArchive> made = find(folder);
        return made.isPresent() ? made.get() : make(folder);
    }

    private static Optional<CodeArchive> find(JobFolder folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder.instances(), "code-*.tar")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    return Optional.of(new CodeArchive(file, name.group(1)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.empty();
    }

    private static CodeArchive make(JobFolder folder) throws IOException {
        Path fresh = Files.createTempFile(folder.instances(), "code-", ".new");
        MessageDigest digest = Digests.sha256();
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh));
                    TarArchiveOutputStream out =
                            new TarArchiveOutputStream(
                                    new DigestOutputStream(file, digest), NAMES)) {
                out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                out.setAddPaxHeadersForNonAsciiNames(true);
                for (FolderFile one : CodeSnapshot.files(folder.code())) {
                    add(one, out);
                }
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path whole = folder.instances().resolve("code-" + sha256 + ".tar");
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
            return new CodeArchive(whole, sha256);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void add(FolderFile one, TarArchiveOutputStream out) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(one.path());
        entry.setSize(one.size());
        entry.setMode((int) Files.getAttribute(one.file(), "unix:mode") & PERMISSIONS);
        entry.setLastModifiedTime(DATE);
        entry.setNames("", "");
        out.putArchiveEntry(entry);
        try (InputStream in = Files.newInputStream(one.file())) {
            in.transferTo(out);
        }
        out.closeArchiveEntry();
    }
}
