package dev.windrow.api.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A body while it arrives. The client is asked for the next piece when one was read, so that no
 * more than a few are in memory however fast it sends.
 */
final class BodyStream extends InputStream {

    /** Pieces that may have arrived and not been read. */
    private static final int PIECES = 4;

    private static final int PATIENCE_SECONDS = 70;

    private final HttpServerRequest request;
    private final Context loop;

    /** Bounded by the pieces that were asked for. */
    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();

    private byte[] piece = {};
    private int at;
    private boolean ended;

    private sealed interface Piece {
        record Bytes(byte[] bytes) implements Piece {}

        record End() implements Piece {}

        record Broken() implements Piece {}
    }

    /** What a client began to send has broken off. */
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenException() {
            super("the body breaks off");
        }
    }

    BodyStream(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
    }

    /** Begins to read; on the event loop, before anything of the body has come. */
    BodyStream open() {
        request.pause();
        request.handler(buffer -> arrived.add(new Piece.Bytes(bytes(buffer))));
        request.endHandler(_ -> arrived.add(new Piece.End()));
        request.exceptionHandler(_ -> arrived.add(new Piece.Broken()));
        request.fetch(PIECES);
        return this;
    }

    private static byte[] bytes(Buffer buffer) {
        return buffer.getBytes();
    }

    /** Lets the rest come and passes it over, so that the answer is read; on the event loop. */
    void drain() {
        if (!request.isEnded()) {
            request.handler(_ -> {});
            request.resume();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length && !ended) {
            next();
        }
        if (at == piece.length) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    private void ask() throws IOException {
        try {
            loop.runOnContext(_ -> {
                if (!request.isEnded()) {
                    request.fetch(1);
                }
            });
        } catch (RejectedExecutionException _) {
            // The server stops, and with it the connection.
            throw new BrokenException();
        }
    }

    private void next() throws IOException {
        Piece next;
        try {
            next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
        switch (next) {
            case Piece.Bytes(byte[] bytes) -> {
                piece = bytes;
                at = 0;
                ask();
            }
            case Piece.End _ -> ended = true;
            case Piece.Broken _ -> throw new BrokenException();
            case null -> throw new BrokenException();
        }
    }
}
