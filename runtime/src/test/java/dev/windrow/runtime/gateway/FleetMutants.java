package dev.windrow.runtime.gateway;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.ForwardingJobStore;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.testing.sim.Mutation;
import java.util.List;
import java.util.function.Function;

/** Bugs in what a job says of its fleet, as they would show in its ledger. */
final class FleetMutants {

    private FleetMutants() {}

    /** A stage that is reported late takes the job back. */
    static final class GoesBack implements Mutation {
        @Override
        public JobStore store(JobStore right) {
            return new Changed(right, GoesBack::changed);
        }

        private static List<LedgerEntry> changed(LedgerEntry entry) {
            return entry instanceof StatusChanged(JobStatus status, var why, var at)
                            && status == JobStatus.PREPARING
                    ? List.of(entry, new StatusChanged(JobStatus.PROVISIONING, why, at))
                    : List.of(entry);
        }
    }

    /** What a job waits for is noted at each look. */
    static final class TellsTwice implements Mutation {
        @Override
        public JobStore store(JobStore right) {
            return new Changed(right, TellsTwice::changed);
        }

        private static List<LedgerEntry> changed(LedgerEntry entry) {
            return entry instanceof EventNoted note && note.kind().equals("fleet_waits")
                    ? List.of(entry, entry)
                    : List.of(entry);
        }
    }

    private record Changed(JobStore store, Function<LedgerEntry, List<LedgerEntry>> change)
            implements ForwardingJobStore {
        @Override
        public void append(String job, long epoch, List<LedgerEntry> group) {
            store.append(
                    job, epoch, group.stream().flatMap(one -> change.apply(one).stream()).toList());
        }
    }
}
