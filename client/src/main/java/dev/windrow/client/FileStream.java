package dev.windrow.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies one file of the server, going on where a broken connection has left off; used once. */
final class FileStream {
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]+/.*");
    private static final int PARTIAL = 206;
    private static final int BEYOND_THE_END = 416;
    private static final int BUFFER = 64 << 10;

    private final Transport transport;
    private final Call call;
    private final String contentType;
    private final OutputStream out;
    private final OptionalLong length;
    private long copied;

    /**
     * Makes a copy to be done.
     *
     * @param length what the file is known to have, unless it may be growing
     */
    FileStream(
            Transport transport,
            Call call,
            String contentType,
            OutputStream out,
            OptionalLong length) {
        this.transport = transport;
        this.call = call;
        this.contentType = contentType;
        this.out = out;
        this.length = length;
    }

    /**
     * Copies it all; gives the number of bytes.
     *
     * @throws IOException when what is here cannot be written
     */
    long copy() throws IOException {
        try {
            return transport.persist(transport.reconnects(), this::connection);
        } catch (UncheckedIOException here) {
            throw here.getCause();
        }
    }

    private long connection(Attempts.Count count) throws IOException {
        if (copied > 0 && length.equals(OptionalLong.of(copied))) {
            // Only the end of the last answer was lost.
            return copied;
        }
        try {
            return rest(count);
        } catch (ServerException e) {
            if (e.status() == BEYOND_THE_END && copied > 0 && length.isEmpty()) {
                return copied;
            }
            throw e;
        }
    }

    private long rest(Attempts.Count count) throws IOException {
        Call rest = copied == 0 ? call : call.header("Range", "bytes=" + copied + "-");
        HttpResponse<ByteFlow> response = transport.open(rest, contentType);
        try (ByteFlow body = response.body()) {
            Transport.expectType(response, contentType);
            body.skipNBytes(copied - start(response));
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                write(buffer, read);
                count.progress();
            }
        }
        if (length.isPresent() && copied < length.getAsLong()) {
            throw new EOFException(copied + " of " + length.getAsLong() + " bytes");
        }
        return copied;
    }

    /** A server that does not care for ranges sends the file from its start again. */
    private long start(HttpResponse<?> response) {
        if (response.statusCode() != PARTIAL) {
            return 0;
        }
        String range = response.headers().firstValue("Content-Range").orElse("");
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != copied) {
            throw ServerException.badAnswer(
                    "Content-Range: %s (expected: bytes %d-)".formatted(range, copied));
        }
        return copied;
    }

    private void write(byte[] buffer, int count) {
        if (length.isPresent() && copied + count > length.getAsLong()) {
            throw ServerException.badAnswer(
                    "file: more bytes (expected: %d, as listed)".formatted(length.getAsLong()));
        }
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copied += count;
    }
}
