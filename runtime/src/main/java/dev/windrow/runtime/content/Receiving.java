package dev.windrow.runtime.content;

import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.spec.content.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One file that arrives in parts; used by one thread at a time. */
final class Receiving {

    private static final int BUFFER = 1 << 16;

    private final Path partial;
    private MessageDigest digest = Digests.sha256();
    private long digested;

    /** Guarded by {@link Incoming}. */
    boolean busy;

    Receiving(Path partial) {
        this.partial = partial;
    }

    Path partial() {
        return partial;
    }

    /** Bytes that are there. */
    static long received(Path partial) throws IOException {
        try {
            return Files.size(partial);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /**
     * Writes a part behind what is there; what it repeats is passed over. What was written of a
     * part that breaks off stays.
     */
    void append(Part part, InputStream body) throws IOException {
        Files.createDirectories(partial.resolveSibling(""));
        try (FileChannel out =
                FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            catchUp(out);
            if (part.offset() > digested) {
                throw new ContentException(
                        Kind.OFFSET_WRONG,
                        "Content-Range: from byte %d (expected: from %d or before)"
                                .formatted(part.offset(), digested));
            }
            long repeated = Math.min(part.length(), digested - part.offset());
            body.skipNBytes(repeated);
            copy(body, part.length() - repeated, out);
        }
    }

    /** Reads what an earlier process has received. */
    private void catchUp(FileChannel file) throws IOException {
        if (file.size() == digested) {
            return;
        }
        digest = Digests.sha256();
        digested = 0;
        file.position(0);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (file.read(buffer.clear()) > 0) {
            digested += buffer.flip().remaining();
            digest.update(buffer);
        }
    }

    private void copy(InputStream body, long length, FileChannel out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        long left = length;
        out.position(digested);
        while (left > 0) {
            int read = body.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new ContentException(
                        Kind.CONTENT_INVALID,
                        "body: %d bytes too short (expected: as many as Content-Range says)"
                                .formatted(left));
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            digest.update(buffer, 0, read);
            digested += read;
            left -= read;
        }
    }

    /** The digest of all that came; the next part would begin a new one. */
    String sha256() {
        String hex = HexFormat.of().formatHex(digest.digest());
        digest = Digests.sha256();
        digested = 0;
        return hex;
    }
}
