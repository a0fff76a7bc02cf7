package dev.windrow.api.agent;

import dev.windrow.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one agent has said and nobody has handed on yet. Messages come in pieces by one thread and
 * go whole to another one.
 */
final class ReadAhead {

    /** With so much read ahead, nothing more is read off the connection for a while. */
    private static final int MESSAGES = 64;

    private static final int BYTES = 4 << 20;

    private final MessageRoom room;
    private final BlockingQueue<byte[]> whole = new LinkedBlockingQueue<>();
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private long held;
    private long waiting;
    private boolean over;

    /** What is to be done after a piece has come. */
    enum Next {
        READ_ON,
        PAUSE,
        /** The message is longer than one may be; nothing more is taken. */
        REFUSE,
        /** The server has no room for it now; nothing more is taken. */
        COME_AGAIN
    }

    ReadAhead(MessageRoom room) {
        this.room = room;
    }

    /**
     * Takes a piece.
     *
     * @param last whether the message ends with it
     */
    synchronized Next add(byte[] piece, boolean last) {
        if (over) {
            return Next.PAUSE;
        }
        if (piece.length > Protocol.MESSAGE_MAX - parts.size()) {
            return Next.REFUSE;
        }
        if (!room.take(piece.length)) {
            return Next.COME_AGAIN;
        }
        held += piece.length;
        parts.writeBytes(piece);
        if (last) {
            byte[] message = parts.toByteArray();
            parts = new ByteArrayOutputStream();
            waiting += message.length;
            whole.add(message);
        }
        return whole.size() >= MESSAGES || waiting >= BYTES ? Next.PAUSE : Next.READ_ON;
    }

    /** The next message; null when there is none for so long. Blocks. */
    byte @Nullable [] next(long millis) throws InterruptedException {
        return whole.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** A message was handed on; true when so little is left that more may be read. */
    synchronized boolean done(byte[] message) {
        waiting -= message.length;
        held -= message.length;
        room.give(message.length);
        return whole.size() <= MESSAGES / 2 && waiting <= BYTES / 2;
    }

    boolean isEmpty() {
        return whole.isEmpty();
    }

    /** Forgets everything; nothing is taken any more. */
    synchronized void close() {
        over = true;
        whole.clear();
        parts = new ByteArrayOutputStream();
        room.give(held);
        held = 0;
    }
}
