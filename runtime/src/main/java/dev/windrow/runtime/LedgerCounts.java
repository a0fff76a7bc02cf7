package dev.windrow.runtime;

import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.engine.tally.Counts;
import dev.windrow.engine.tally.Tally;
import dev.windrow.engine.tally.Thresholds;
import java.util.Optional;

/** Counts a job that nobody runs now, from its ledger. */
final class LedgerCounts implements LedgerReader {

    private final Tally tally;
    private Optional<FirstCause> firstCause = Optional.empty();

    LedgerCounts(Thresholds thresholds, boolean planComplete) {
        tally = new Tally(thresholds);
        if (planComplete) {
            tally.planCompleted();
        }
    }

    @Override
    public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
        long items = 0;
        for (int count : itemCounts) {
            items += count;
        }
        tally.planned(itemCounts.length, items);
    }

    @Override
    public void result(ResultStored row) {
        if (row.outcome() == ResultOutcome.FAILED) {
            tally.failed(row.items(), row.facts().worker() >= 0);
            row.error().ifPresent(error -> note(row.index(), error));
        } else {
            tally.succeeded(row.items(), row.returned());
        }
    }

    @Override
    public void attempt(AttemptStored row) {
        if (row.error().cause() != FailureCause.INFRASTRUCTURE) {
            tally.retried();
            note(row.index(), row.error());
        }
    }

    private void note(int index, FailedAttempt error) {
        if (firstCause.isEmpty()) {
            firstCause = Optional.of(causeOf(index, error));
        }
    }

    static FirstCause causeOf(int index, FailedAttempt error) {
        return new FirstCause(index, error.text().oneLine(), error.text().userLine());
    }

    Counts counts() {
        return tally.counts();
    }

    Optional<FirstCause> firstCause() {
        return firstCause;
    }
}
