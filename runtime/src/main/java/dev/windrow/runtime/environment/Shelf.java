package dev.windrow.runtime.environment;

import dev.windrow.spec.content.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a job's environments. One that is received has a name that no whole one has; it is
 * known for whole by its own name only.
 *
 * @param folder is there as long as the job runs
 */
record Shelf(Path folder) {

    private static final int BUFFER = 1 << 16;

    /** Where the bytes of one maker go. */
    Path partial(String digest, String lease) {
        return folder.resolve("environment-%s-%s.part".formatted(digest, lease));
    }

    /** The whole archive that an earlier server may have received. */
    Optional<EnvironmentArchive> find(String digest) throws IOException {
        Pattern whole = Pattern.compile("environment-" + digest + "-([0-9a-f]{64})\\.tar\\.gz");
        try (var files = Files.newDirectoryStream(folder, "environment-" + digest + "-*.tar.gz")) {
            for (Path file : files) {
                Matcher name = whole.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    return Optional.of(
                            new EnvironmentArchive(file, name.group(1), Files.size(file)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException _) {
            // The job has ended just now.
        }
        return Optional.empty();
    }

    /** Bytes that are there. */
    static long size(Path partial) throws IOException {
        try {
            return Files.size(partial);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /**
     * Cuts a file at an offset and writes a piece behind it. What was written of a piece that
     * breaks off is cut by its repeat.
     *
     * @throws UncheckedIOException when the piece breaks off
     * @throws IOException when the disk refuses
     */
    static void write(Path partial, long offset, InputStream piece) throws IOException {
        try (FileChannel out =
                FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(offset).position(offset);
            byte[] buffer = new byte[BUFFER];
            for (int read = read(piece, buffer); read >= 0; read = read(piece, buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
    }

    private static int read(InputStream piece, byte[] buffer) {
        try {
            return piece.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of a file in hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Makes a received file a whole one. */
    EnvironmentArchive keep(String digest, Path partial, String sha256) throws IOException {
        Path whole = folder.resolve("environment-%s-%s.tar.gz".formatted(digest, sha256));
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
        return new EnvironmentArchive(whole, sha256, Files.size(whole));
    }
}
