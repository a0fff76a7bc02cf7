package dev.windrow.benchmarks;

import dev.windrow.protocol.RowSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A segment of rows that must not count, of the same length as the true ones but of other text, so
 * that a single one in the output spoils its checksum. Not flushed: its writer would be another
 * process, whose flushes do not hold up the agent's.
 */
final class ZombieRows implements AutoCloseable {

    private static final String SEGMENT = "zombie-0.rows";
    private static final byte[] ROW =
            "Z".repeat(99).concat("\n").getBytes(StandardCharsets.US_ASCII);

    private final FileChannel file;
    private long end;

    ZombieRows(Path segments) throws IOException {
        Files.createDirectories(segments);
        file =
                FileChannel.open(
                        segments.resolve(SEGMENT),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
    }

    /** Appends this many bytes of rows. */
    synchronized RowSpan append(long length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        while (bytes.hasRemaining()) {
            bytes.put(ROW, 0, Math.min(ROW.length, bytes.remaining()));
        }
        bytes.flip();
        long start = end;
        try {
            while (bytes.hasRemaining()) {
                end += file.write(bytes, end);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RowSpan(SEGMENT, start, length, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
