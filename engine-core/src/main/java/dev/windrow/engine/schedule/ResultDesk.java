package dev.windrow.engine.schedule;

import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseLost;
import dev.windrow.engine.minibatch.MiniBatchState;
import dev.windrow.engine.minibatch.MiniBatchStep.Outcome;
import dev.windrow.engine.schedule.AttemptReport.Broke;
import dev.windrow.engine.schedule.AttemptReport.Returned;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.RowRange;
import dev.windrow.engine.tally.Tally;
import java.util.Optional;

/** Decides what reports mean, counts them and keeps them. */
final class ResultDesk {

    private final LeaseDesk desk;
    private final PlannedChunks plan;
    private final Tally tally;
    private final Journal journal;
    private Optional<FirstCause> firstCause = Optional.empty();

    ResultDesk(LeaseDesk desk, PlannedChunks plan, Tally tally, Journal journal) {
        this.desk = desk;
        this.plan = plan;
        this.tally = tally;
        this.journal = journal;
    }

    /** The first failed attempt that this loop has seen or loaded. */
    Optional<FirstCause> firstCause() {
        return firstCause;
    }

    /** Takes a report; returns true when it changed something. */
    boolean take(AttemptReport report) {
        if (!desk.knows(report.index())) {
            return false;
        }
        return switch (report) {
            case Returned returned -> takeReturned(returned);
            case Broke broke -> takeBroke(broke);
        };
    }

    private boolean takeReturned(Returned report) {
        int index = report.index();
        LeaseToken token = report.facts().token();
        if (desk.apply(index, new AttemptSucceeded(token)).outcome() != Outcome.SUCCEEDED) {
            return false;
        }
        int items = plan.itemsOf(index);
        tally.succeeded(items, report.returned());
        ResultOutcome outcome =
                report.returned() < items ? ResultOutcome.SHORT : ResultOutcome.SUCCEEDED;
        journal.keep(
                new ResultStored(
                        index,
                        outcome,
                        items,
                        report.returned(),
                        report.rows(),
                        report.facts(),
                        Optional.empty()));
        return true;
    }

    private boolean takeBroke(Broke report) {
        int index = report.index();
        LeaseToken token = report.facts().token();
        return switch (desk.apply(index, new AttemptFailed(token)).outcome()) {
            case RETRIED -> {
                tally.retried();
                journal.keep(new AttemptStored(index, report.facts(), report.failure()));
                note(index, report.failure());
                yield true;
            }
            case FAILED -> {
                note(index, report.failure());
                fail(index, report.facts(), report.failure(), true);
                yield true;
            }
            case IGNORED, HELD, FREED, LOST, SUCCEEDED, LOST_TOO_OFTEN -> false;
        };
    }

    /** The infrastructure lost what this agent held; nothing of it is charged to the user. */
    void lose(AgentSeat seat, String why) {
        for (int i = seat.leased.nextSetBit(0); i >= 0; i = seat.leased.nextSetBit(i + 1)) {
            if (desk.isLeasedTo(i, seat.number)) {
                lose(i, seat.number, why);
            }
        }
        seat.leased.clear();
        seat.leasedCount = 0;
    }

    private void lose(int index, int agent, String why) {
        LeaseToken token = desk.tokenOf(index);
        AttemptFacts facts = new AttemptFacts(token, agent, -1, 0, 0, 0);
        FailedAttempt loss =
                new FailedAttempt(
                        FailureCause.INFRASTRUCTURE, new ErrorText("InstanceLost", why, "", ""));
        switch (desk.apply(index, new LeaseLost(token)).outcome()) {
            case LOST -> journal.keep(new AttemptStored(index, facts, loss));
            case LOST_TOO_OFTEN -> fail(index, facts, loss, false);
            case IGNORED, HELD, FREED, RETRIED, SUCCEEDED, FAILED -> {}
        }
    }

    private void fail(int index, AttemptFacts facts, FailedAttempt failure, boolean begun) {
        int items = plan.itemsOf(index);
        tally.failed(items, begun);
        journal.keep(
                new ResultStored(
                        index,
                        ResultOutcome.FAILED,
                        items,
                        0,
                        RowRange.NONE,
                        facts,
                        Optional.of(failure)));
    }

    private void note(int index, FailedAttempt failure) {
        if (firstCause.isEmpty()) {
            firstCause =
                    Optional.of(
                            new FirstCause(
                                    index, failure.text().oneLine(), failure.text().userLine()));
        }
    }

    /** Counts a final result from the ledger, while loading. */
    void restore(ResultStored row) {
        MiniBatchState state = desk.stateOf(row.index());
        switch (row.outcome()) {
            case SUCCEEDED, SHORT -> {
                tally.succeeded(row.items(), row.returned());
                desk.restoreEnded(row.index(), true, state.tries());
            }
            case FAILED -> {
                boolean begun = row.facts().worker() >= 0;
                tally.failed(row.items(), begun);
                row.error().ifPresent(error -> note(row.index(), error));
                desk.restoreEnded(row.index(), false, state.tries());
            }
        }
    }

    /** Counts an earlier attempt from the ledger, while loading. */
    void restore(AttemptStored row) {
        LeaseToken token = row.facts().token();
        boolean loss = row.error().cause() == FailureCause.INFRASTRUCTURE;
        if (loss) {
            desk.restoreTries(row.index(), desk.stateOf(row.index()).tries().lost(token));
        } else {
            tally.retried();
            note(row.index(), row.error());
            desk.restoreTries(row.index(), desk.stateOf(row.index()).tries().failed(token));
        }
    }
}
