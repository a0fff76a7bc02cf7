package dev.windrow.worker.core;

import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Leases that no worker has been sent yet, and the chunks they refer to. Holds at most what the
 * engine granted, which the agent's own capacity bounds.
 */
final class LeaseQueue {

    private static final int CHUNKS_KEPT = 8;

    private final Deque<Slice> waiting = new ArrayDeque<>();
    private final Map<Integer, ItemNames> chunks = new HashMap<>();
    private final Deque<Integer> chunkOrder = new ArrayDeque<>();
    private int size;

    int size() {
        return size;
    }

    /** Adds a lease and returns the chunk to ask for, when it is not known. */
    Optional<Integer> add(LeaseRange lease) {
        boolean asked = waiting.stream().anyMatch(other -> other.chunk == lease.chunk());
        waiting.addLast(new Slice(lease));
        size += lease.to() - lease.from();
        return asked || chunks.containsKey(lease.chunk())
                ? Optional.empty()
                : Optional.of(lease.chunk());
    }

    /** Puts back what a dead worker had been sent and not begun. */
    void putBack(Work work) {
        waiting.addFirst(
                new Slice(
                        new LeaseRange(
                                work.token(),
                                work.chunk(),
                                work.index(),
                                work.index() + 1,
                                work.attempt())));
        if (!chunks.containsKey(work.chunk())) {
            learn(work.chunk(), work.names());
        }
        size++;
    }

    void learn(int chunk, ItemNames names) {
        if (chunks.put(chunk, names) == null) {
            chunkOrder.addLast(chunk);
        }
        if (chunkOrder.size() > CHUNKS_KEPT) {
            forgetOne();
        }
    }

    private void forgetOne() {
        for (int i = chunkOrder.size(); i > 0; i--) {
            int oldest = chunkOrder.removeFirst();
            if (waiting.stream().noneMatch(slice -> slice.chunk == oldest)) {
                chunks.remove(oldest);
                return;
            }
            chunkOrder.addLast(oldest);
        }
    }

    /** Chunks that are waited for. */
    Set<Integer> missing() {
        Set<Integer> missing = new TreeSet<>();
        for (Slice slice : waiting) {
            if (!chunks.containsKey(slice.chunk)) {
                missing.add(slice.chunk);
            }
        }
        return missing;
    }

    /** The next mini-batch, when its names are here. */
    Optional<Work> take() {
        Slice slice = waiting.peekFirst();
        if (slice == null) {
            return Optional.empty();
        }
        ItemNames names = chunks.get(slice.chunk);
        if (names == null) {
            return Optional.empty();
        }
        int index = slice.from++;
        if (slice.from == slice.to) {
            waiting.removeFirst();
        }
        size--;
        return Optional.of(new Work(index, slice.attempt, slice.token, slice.chunk, names));
    }

    /** Takes up to {@code count} mini-batches out, the last first, to be given back. */
    List<Span> giveBack(int count) {
        List<Span> spans = new ArrayList<>();
        int left = count;
        for (Slice slice = waiting.peekLast(); left > 0 && slice != null; ) {
            int from = Math.max(slice.from, slice.to - left);
            spans.add(new Span(slice.token, from, slice.to));
            left -= slice.to - from;
            size -= slice.to - from;
            slice.to = from;
            if (slice.from == slice.to) {
                waiting.removeLast();
            }
            slice = waiting.peekLast();
        }
        return spans;
    }

    /** Forgets what somebody else has, or what has ended. */
    void drop(Span span) {
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : waiting) {
            boolean other = !slice.token.equals(span.token());
            if (other || slice.to <= span.from() || slice.from >= span.to()) {
                kept.add(slice);
                continue;
            }
            if (slice.from < span.from()) {
                kept.add(new Slice(slice, slice.from, span.from()));
            }
            if (slice.to > span.to()) {
                kept.add(new Slice(slice, span.to(), slice.to));
            }
        }
        waiting.clear();
        waiting.addAll(kept);
        size = kept.stream().mapToInt(slice -> slice.to - slice.from).sum();
    }

    void spans(List<Span> into) {
        for (Slice slice : waiting) {
            into.add(new Span(slice.token, slice.from, slice.to));
        }
    }

    void clear() {
        waiting.clear();
        size = 0;
    }

    /** What is left of a lease. */
    private static final class Slice {
        private final Token token;
        private final int chunk;
        private final int attempt;
        private int from;
        private int to;

        Slice(LeaseRange lease) {
            this.token = lease.token();
            this.chunk = lease.chunk();
            this.attempt = lease.attempt();
            this.from = lease.from();
            this.to = lease.to();
        }

        Slice(Slice whole, int from, int to) {
            this.token = whole.token;
            this.chunk = whole.chunk;
            this.attempt = whole.attempt;
            this.from = from;
            this.to = to;
        }
    }
}
