package dev.windrow.runtime.job;

import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.content.ContentLimits;
import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.FolderFiles;
import dev.windrow.spec.content.FolderFiles.Choice;
import dev.windrow.spec.content.FolderFiles.FolderFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A folder of a job as one file, for agents that do not see it. The same folder makes the same
 * archive: files in order, with their modes, and all of one date. It lies with what belongs to
 * instances, and goes with that.
 *
 * @param sha256 of the file, in hexadecimal digits
 */
public record FolderArchive(Path file, String sha256) {

    private static final String CODE = "code";
    private static final int NAME_DIGITS = 16;

    /** No more is uploaded. */
    private static final int FILES_MAX = ContentLimits.DEFAULT.folderFiles();

    /** Late enough for tools that know no earlier time. */
    private static final FileTime DATE = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private static final int PERMISSIONS = 0777;
    private static final String NAMES = "UTF-8";

    /** Lists what an archive is to hold. */
    private interface Listing {
        List<FolderFile> files() throws IOException;
    }

    /**
     * The archive of a job's code; made when there is none. Two who make it at one time make the
     * same. Blocks on the disk.
     *
     * @throws IOException when the disk refuses, or the job has ended and all this is gone
     */
    public static FolderArchive code(JobFolder folder) throws IOException {
        return of(folder, CODE, () -> CodeSnapshot.files(folder.code()));
    }

    /**
     * The archive of an input; made when there is none, as for the code. Of a folder all that
     * uploads would hold, and no ignore file counts; of a file the file alone.
     *
     * @param path of the input on this machine
     */
    public static FolderArchive input(JobFolder folder, String name, Path path) throws IOException {
        return of(folder, stem(name), () -> files(path));
    }

    /** The archive of an input that was made before. Blocks on the disk. */
    public static Optional<FolderArchive> madeOfInput(JobFolder folder, String name)
            throws IOException {
        return find(folder, stem(name));
    }

    /** Names of inputs may hold anything. */
    private static String stem(String input) {
        byte[] digest = Digests.sha256().digest(input.getBytes(StandardCharsets.UTF_8));
        return "input-" + HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    }

    private static List<FolderFile> files(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return FolderFiles.list(
                    path, new Choice(false, false, false, FILES_MAX, Long.MAX_VALUE));
        }
        String name = String.valueOf(path.getFileName());
        return List.of(new FolderFile(name, path, Files.size(path), false));
    }

    private static FolderArchive of(JobFolder folder, String stem, Listing listing)
            throws IOException {
        Optional<FolderArchive> made = find(folder, stem);
        return made.isPresent() ? made.get() : make(folder, stem, listing);
    }

    private static Optional<FolderArchive> find(JobFolder folder, String stem) throws IOException {
        Pattern whole = Pattern.compile(stem + "-([0-9a-f]{64})\\.tar");
        try (var files = Files.newDirectoryStream(folder.instances(), stem + "-*.tar")) {
            for (Path file : files) {
                Matcher name = whole.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    return Optional.of(new FolderArchive(file, name.group(1)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.empty();
    }

    private static FolderArchive make(JobFolder folder, String stem, Listing listing)
            throws IOException {
        Path fresh = Files.createTempFile(folder.instances(), stem + "-", ".new");
        MessageDigest digest = Digests.sha256();
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh));
                    TarArchiveOutputStream out =
                            new TarArchiveOutputStream(
                                    new DigestOutputStream(file, digest), NAMES)) {
                out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                out.setAddPaxHeadersForNonAsciiNames(true);
                for (FolderFile one : listing.files()) {
                    add(one, out);
                }
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path whole = folder.instances().resolve("%s-%s.tar".formatted(stem, sha256));
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
            return new FolderArchive(whole, sha256);
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
