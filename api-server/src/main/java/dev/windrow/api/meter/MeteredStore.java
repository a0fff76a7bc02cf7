package dev.windrow.api.meter;

import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.store.ForwardingJobStore;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import java.util.EnumMap;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;

/** A ledger that tells what is appended to it, and how long that takes. */
final class MeteredStore implements ForwardingJobStore {

    private final JobStore store;
    private final Sink sink;
    private final LongSupplier nanos;

    /** Hears of each group once it is durable; called by the threads of many jobs. */
    interface Sink {
        void committed(long nanos, Group group);
    }

    /** What one group held. */
    static final class Group {
        final Tallies<ResultOutcome> outcomes = new Tallies<>(ResultOutcome.class);
        final Tallies<FailureCause> causes = new Tallies<>(FailureCause.class);
        long bytes;

        private void add(LedgerEntry entry) {
            switch (entry) {
                case ResultStored result -> {
                    outcomes.add(result.outcome());
                    bytes += result.rows().length();
                    result.error().ifPresent(this::add);
                }
                case AttemptStored attempt -> add(attempt.error());
                case LedgerEntry.ChunkPlanned _,
                        LedgerEntry.PlanCompleted _,
                        LedgerEntry.LeasedBelow _,
                        LedgerEntry.StatusChanged _,
                        LedgerEntry.EventNoted _ -> {}
            }
        }

        private void add(FailedAttempt failed) {
            causes.add(failed.cause());
        }
    }

    /** How many there were of each; nothing is made for one more. */
    static final class Tallies<E extends Enum<E>> {
        private final EnumMap<E, int[]> counts;

        Tallies(Class<E> type) {
            counts = new EnumMap<>(type);
        }

        private void add(E what) {
            counts.computeIfAbsent(what, _ -> new int[1])[0]++;
        }

        void forEach(ObjIntConsumer<E> hearer) {
            counts.forEach((what, count) -> hearer.accept(what, count[0]));
        }
    }

    /**
     * @param nanos a clock that only goes forward
     */
    MeteredStore(JobStore store, Sink sink, LongSupplier nanos) {
        this.store = store;
        this.sink = sink;
        this.nanos = nanos;
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public void append(String job, long epoch, List<LedgerEntry> entries) {
        long began = nanos.getAsLong();
        store.append(job, epoch, entries);
        long took = nanos.getAsLong() - began;
        Group group = new Group();
        entries.forEach(group::add);
        sink.committed(took, group);
    }
}
