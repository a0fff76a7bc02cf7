package dev.windrow.client;

import dev.windrow.client.Documents.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Sends files in parts, each answered before the next; goes on where an earlier try has ended. A
 * part that does not get through is followed by smaller ones.
 */
final class FileUpload {
    private static final int SMALLEST = 1 << 16;
    private static final int FIRST = 1 << 20;
    private static final int LARGEST = 8 << 20;
    private static final int WITHOUT_PROGRESS = 20;
    private static final Duration BUSY_WAIT = Duration.ofSeconds(1);
    private static final Attempts WHILE_BUSY =
            new Attempts(60, 60, Duration.ofMillis(250), Duration.ofSeconds(10));

    private final Transport transport;
    private final String workspace;
    private final LongConsumer sent;
    private int part = FIRST;

    /**
     * @param sent hears how many bytes more have gone
     */
    FileUpload(Transport transport, String workspace, LongConsumer sent) {
        this.transport = transport;
        this.workspace = workspace;
        this.sent = sent;
    }

    /**
     * Sends a file until the server has all of it.
     *
     * @throws ChangedFileException when it is not what its digest says any more
     */
    void send(String sha256, Path file, long size) throws IOException {
        String target = workspace + "/blobs" + Call.path(sha256);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            Blob there = new Blob(0, false);
            if (size > part) {
                there = state(target);
            }
            int without = 0;
            while (!there.complete()) {
                long before = there.received();
                byte[] bytes = read(in, file, before, size);
                there = step(target, before, bytes, size, file);
                without = there.received() > before ? 0 : without + 1;
                if (without > WITHOUT_PROGRESS) {
                    throw ServerException.badAnswer(
                            "received: %d after %d parts (expected: more)"
                                    .formatted(there.received(), without));
                }
            }
        }
    }

    private byte[] read(FileChannel in, Path file, long from, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(part, Math.max(0, size - from)));
        while (buffer.hasRemaining()) {
            if (in.read(buffer, from + buffer.position()) < 0) {
                throw new ChangedFileException(file);
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private Blob step(String target, long from, byte[] bytes, long size, Path file)
            throws IOException {
        String range =
                size == 0
                        ? "bytes */0"
                        : "bytes %d-%d/%d".formatted(from, from + bytes.length - 1, size);
        Call put = Call.bytes(target, bytes).header("Content-Range", range);
        try {
            Blob there = transport.persist(WHILE_BUSY, _ -> once(put));
            sent.accept(bytes.length);
            part = Math.min(LARGEST, part * 2);
            return there;
        } catch (ConflictException e) {
            return state(target);
        } catch (ValidationException e) {
            if (e.code().equals("CONTENT_INVALID")) {
                throw new ChangedFileException(file);
            }
            throw e;
        } catch (ServerException e) {
            if (!e.code().equals(ServerException.CONNECTION_LOST) || part <= SMALLEST) {
                throw e;
            }
            part = Math.max(SMALLEST, part / 4);
            return state(target);
        }
    }

    /** Another process of the same user may be sending this very file. */
    private Blob once(Call put) throws BusyException {
        try {
            return transport.json(put, Blob.class);
        } catch (ConflictException e) {
            if (e.code().equals("UPLOAD_BUSY")) {
                throw new BusyException(BUSY_WAIT, e);
            }
            throw e;
        }
    }

    private Blob state(String target) {
        return transport.json(Call.get(target), Blob.class);
    }
}
