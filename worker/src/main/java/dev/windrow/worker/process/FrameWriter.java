package dev.windrow.worker.process;

import dev.windrow.worker.core.ItemNames;
import dev.windrow.worker.core.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Writes frames to one worker, for an agent that must never block on it.
 *
 * <p>What the pipe surely takes is written by the caller, everything that waits in one write. More
 * would block while the script runs, so it goes over a thread that lives as long as there is
 * something to write. What is held is bounded by what the agent sends ahead. Safe for use by
 * several threads.
 */
final class FrameWriter {

    /** The smallest buffer a pipe can have on Linux: this much in flight never blocks. */
    private static final int SURE = 4096;

    private static final int HEAD = 5;
    private static final int WORK_HEAD = HEAD + 12;

    private final OutputStream out;
    private final Consumer<Runnable> threads;
    private final ByteBuffer small = ByteBuffer.allocate(SURE).order(ByteOrder.LITTLE_ENDIAN);

    /** Sizes of work frames not answered, in order. */
    private final Deque<Integer> unanswered = new ArrayDeque<>();

    private final Deque<byte[]> large = new ArrayDeque<>();
    private int inFlight;
    private boolean threadRuns;

    /**
     * @param threads starts a thread for what may block
     */
    FrameWriter(OutputStream out, Consumer<Runnable> threads) {
        this.out = out;
        this.threads = threads;
    }

    /** Writes the first frame; blocks until the worker's pipe has taken it. */
    void setup(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[HEAD + body.length];
        head(wrap(frame), Frames.SETUP, frame.length).put(body);
        out.write(frame);
        out.flush();
    }

    synchronized void work(Work work) {
        ItemNames names = work.names();
        int place = work.index() - names.first();
        int size = WORK_HEAD + names.length(place);
        unanswered.addLast(size);
        inFlight += size;
        if (large.isEmpty() && !threadRuns && inFlight <= SURE) {
            put(small, work, place, size);
        } else {
            byte[] frame = new byte[size];
            put(wrap(frame), work, place, size);
            hand(frame);
        }
    }

    private static void put(ByteBuffer target, Work work, int place, int size) {
        head(target, Frames.WORK, size);
        target.putInt(work.index()).putInt(work.attempt()).putInt(work.names().count(place));
        work.names().write(place, target);
    }

    synchronized void shutdown() {
        byte[] frame = new byte[HEAD];
        head(wrap(frame), Frames.SHUTDOWN, HEAD);
        hand(frame);
    }

    /** The worker has answered its first mini-batch. */
    synchronized void answered() {
        Integer size = unanswered.pollFirst();
        inFlight -= size == null ? 0 : size;
    }

    /** Writes what waits. */
    synchronized void push() {
        if (small.position() == 0) {
            return;
        }
        try {
            out.write(small.array(), 0, small.position());
            out.flush();
        } catch (IOException e) {
            // The worker is gone; its exit is an event of its own.
            large.clear();
        }
        small.clear();
    }

    private static ByteBuffer wrap(byte[] frame) {
        return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer head(ByteBuffer target, int type, int size) {
        return target.putInt(size - 4).put((byte) type);
    }

    private void hand(byte[] frame) {
        push();
        large.addLast(frame);
        if (!threadRuns) {
            threadRuns = true;
            threads.accept(this::writeLarge);
        }
    }

    private void writeLarge() {
        try {
            for (byte[] frame = nextLarge(); frame.length > 0; frame = nextLarge()) {
                out.write(frame);
                out.flush();
            }
        } catch (IOException e) {
            forgetLarge();
        }
    }

    private synchronized byte[] nextLarge() {
        byte[] frame = large.pollFirst();
        threadRuns = frame != null;
        return frame == null ? new byte[0] : frame;
    }

    private synchronized void forgetLarge() {
        large.clear();
        threadRuns = false;
    }
}
