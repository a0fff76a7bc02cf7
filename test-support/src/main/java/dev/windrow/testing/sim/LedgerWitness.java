package dev.windrow.testing.sim;

import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.tally.Counts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A second account of what the ledger holds, checked entry by entry. */
final class LedgerWitness {

    private record Key(int index, LeaseToken token) {}

    private final World world;
    private final Attempts attempts;
    private final @Nullable ResultStored[] finals;
    private final int[] failures;
    private final int[] losses;
    private final StatusWitness statuses = new StatusWitness();
    private final Set<Key> counted = new HashSet<>();
    private int planned;
    private int mark;
    private boolean planComplete;
    private long items;
    private long succeeded;
    private long failed;
    private long succeededItems;
    private long failedItems;
    private long returned;
    private long begun;
    private long retries;

    LedgerWitness(World world, Attempts attempts) {
        this.world = world;
        this.attempts = attempts;
        int size = world.scenario.script().miniBatches();
        finals = new ResultStored[size];
        failures = new int[size];
        losses = new int[size];
    }

    boolean planComplete() {
        return planComplete;
    }

    int planned() {
        return planned;
    }

    int ended() {
        return (int) (succeeded + failed);
    }

    int mark() {
        return mark;
    }

    int failures(int index) {
        return failures[index];
    }

    JobStatus status() {
        return statuses.status();
    }

    Optional<JobReason> reason() {
        return statuses.reason();
    }

    @Nullable ResultStored result(int index) {
        return finals[index];
    }

    boolean isCounted(int index, LeaseToken token) {
        return counted.contains(new Key(index, token));
    }

    void chunk(ChunkPlanned chunk) {
        Broken.unless(
                chunk.first() == planned,
                () -> "chunk: begins at %d (expected: %d)".formatted(chunk.first(), planned));
        for (int count : chunk.itemCounts()) {
            int expected = world.scenario.script().items(planned);
            Broken.unless(
                    count == expected,
                    () -> "items of %d (expected: %d)".formatted(planned, expected));
            planned++;
            items += count;
        }
    }

    void planCompleted() {
        int all = world.scenario.script().miniBatches();
        Broken.unless(
                planned == all,
                () -> "plan: complete with %d mini-batches (expected: %d)".formatted(planned, all));
        planComplete = true;
    }

    void leasedBelow(int index) {
        mark = Math.max(mark, index);
    }

    void attempt(AttemptStored attempt) {
        int index = attempt.index();
        Broken.unless(finals[index] == null, () -> "attempt of %d after its end".formatted(index));
        counted.add(new Key(index, attempt.facts().token()));
        if (attempt.error().cause() == FailureCause.INFRASTRUCTURE) {
            losses[index]++;
            Broken.unless(
                    losses[index] < MiniBatchMachine.LOSSES_MAX,
                    () -> "losses of %d: %d and not given up".formatted(index, losses[index]));
        } else {
            userFailed(index, attempt.facts());
            begun++;
            retries++;
            int max = world.scenario.policy().maxRetries();
            Broken.unless(
                    failures[index] <= max,
                    () ->
                            "retries of %d: %d (expected: <= %d)"
                                    .formatted(index, failures[index], max));
        }
    }

    private void userFailed(int index, AttemptFacts facts) {
        failures[index]++;
        boolean real = attempts.find(index, facts.token()).filter(a -> !a.succeeded()).isPresent();
        Broken.unless(
                real,
                () ->
                        "failed attempt of %d @%s is charged (expected: only what failed in a worker)"
                                .formatted(index, facts.token()));
    }

    void result(ResultStored row) {
        int index = row.index();
        Broken.unless(finals[index] == null, () -> "second result of " + index);
        finals[index] = row;
        counted.add(new Key(index, row.facts().token()));
        if (row.outcome() == ResultOutcome.FAILED) {
            failedResult(row);
        } else {
            goodResult(row);
        }
    }

    private void goodResult(ResultStored row) {
        boolean real =
                attempts.find(row.index(), row.facts().token())
                        .filter(a -> a.succeeded() && a.returned() == row.returned())
                        .isPresent();
        Broken.unless(
                real,
                () ->
                        "result of %d @%s (expected: what a worker returned)"
                                .formatted(row.index(), row.facts().token()));
        long good = Math.min(row.returned(), row.items());
        boolean isShort = good < row.items();
        Broken.unless(
                isShort == (row.outcome() == ResultOutcome.SHORT),
                () -> "outcome of %d: %s".formatted(row.index(), row.outcome()));
        succeededItems += good;
        failedItems += row.items() - good;
        returned += row.returned();
        begun++;
        if (isShort && world.scenario.policy().thresholds().items() >= 0) {
            failed++;
        } else {
            succeeded++;
        }
    }

    private void failedResult(ResultStored row) {
        int index = row.index();
        failed++;
        failedItems += row.items();
        FailedAttempt error = row.error().orElseThrow();
        if (error.cause() == FailureCause.INFRASTRUCTURE) {
            Broken.unless(
                    losses[index] + 1 == MiniBatchMachine.LOSSES_MAX,
                    () -> "given up: %d after %d losses".formatted(index, losses[index] + 1));
            return;
        }
        begun++;
        userFailed(index, row.facts());
        int expected = world.scenario.policy().maxRetries() + 1;
        Broken.unless(
                failures[index] == expected,
                () ->
                        "failed: %d after %d attempts (expected: %d)"
                                .formatted(index, failures[index], expected));
    }

    void status(JobStatus next, Optional<JobReason> why) {
        statuses.follow(next, why);
    }

    /** What the loop should count once everything is durable. */
    Counts counts() {
        return new Counts(
                planComplete,
                planned,
                succeeded,
                failed,
                items,
                succeededItems,
                failedItems,
                returned,
                begun,
                retries);
    }

    /** All committed rows in index order. */
    String output() {
        StringBuilder text = new StringBuilder();
        Arrays.stream(finals)
                .filter(row -> row != null && row.outcome() != ResultOutcome.FAILED)
                .forEach(row ->
                        attempts.find(row.index(), row.facts().token())
                                .ifPresent(a -> text.append(a.rows())));
        return text.toString();
    }
}
