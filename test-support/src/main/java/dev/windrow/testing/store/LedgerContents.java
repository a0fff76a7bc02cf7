package dev.windrow.testing.store;

import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that a small ledger holds about a job, in the order in which it was read. */
public final class LedgerContents implements LedgerReader {

    /** A chunk in a form that can be compared. */
    public record Chunk(int sequence, int first, List<Integer> itemCounts, String cursor) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<ResultStored> results = new ArrayList<>();
    private final List<AttemptStored> attempts = new ArrayList<>();
    private final List<EventNoted> events = new ArrayList<>();
    private final StringBuilder order = new StringBuilder();

    public static LedgerContents of(JobStore store, String job) {
        LedgerContents contents = new LedgerContents();
        store.read(job, contents);
        return contents;
    }

    @Override
    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
        order.append('c');
        chunks.add(
                new Chunk(
                        sequence,
                        first,
                        Arrays.stream(itemCounts).boxed().toList(),
                        new String(cursor, StandardCharsets.UTF_8)));
    }

    @Override
    public void result(ResultStored row) {
        order.append('r');
        results.add(row);
    }

    @Override
    public void attempt(AttemptStored row) {
        order.append('a');
        attempts.add(row);
    }

    @Override
    public void event(EventNoted row) {
        order.append('e');
        events.add(row);
    }

    public List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    public List<ResultStored> results() {
        return List.copyOf(results);
    }

    public List<Integer> resultIndexes() {
        return results.stream().map(ResultStored::index).toList();
    }

    public List<AttemptStored> attempts() {
        return List.copyOf(attempts);
    }

    public List<EventNoted> events() {
        return List.copyOf(events);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LedgerContents that
                && chunks.equals(that.chunks)
                && results.equals(that.results)
                && attempts.equals(that.attempts)
                && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return Objects.hash(chunks, results, attempts, events);
    }

    @Override
    public String toString() {
        return "%s%n%s%n%s%n%s".formatted(chunks, results, attempts, events);
    }

    /** One letter a row: c, r, a or e. */
    public String order() {
        return order.toString();
    }
}
