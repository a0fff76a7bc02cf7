package dev.windrow.testing.sim;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import dev.windrow.engine.tally.Thresholds;

/** Judges how a job has ended. */
final class Verdict {

    private final World world;
    private final Counts counts;
    private final LedgerWitness ledger;

    Verdict(World world) {
        this.world = world;
        this.ledger = world.witness.ledger();
        this.counts = ledger.counts();
    }

    void check() {
        JobStatus status = ledger.status();
        Broken.unless(status.terminal(), () -> "status: %s (expected: an end)".formatted(status));
        if (status == JobStatus.COMPLETED) {
            completed();
        } else if (status == JobStatus.FAILED) {
            failed(ledger.reason().orElseThrow());
        } else {
            Broken.unless(
                    world.scenario.stop() == Scenario.Stop.CANCELED, () -> "Canceled by nobody");
            noOutput();
        }
        Broken.unless(
                world.compute.believedAlive() == 0 && world.compute.running().isEmpty(),
                () -> "fleet: %s run (expected: none)".formatted(world.compute.running().size()));
    }

    private void completed() {
        Broken.unless(counts.allEnded() && exceeded() == 0, () -> "Completed with " + counts);
        if (world.scenario.policy().appends()) {
            Broken.unless(
                    world.target.output().orElse("").equals(ledger.output())
                            && world.target.output().isPresent(),
                    () -> "output: not the committed rows");
        }
    }

    private void failed(JobReason reason) {
        ErrorCode code = reason.code();
        boolean mayPublish = code == ErrorCode.FLEET_LOST || code == ErrorCode.NO_RESULT_TO_APPEND;
        Broken.unless(
                justified(code),
                () -> "Failed: %s %s with %s".formatted(code, reason.message(), counts));
        if (!mayPublish) {
            noOutput();
        }
    }

    private boolean justified(ErrorCode code) {
        if (code == ErrorCode.DISK_FULL) {
            return world.scenario.stop() == Scenario.Stop.DISK_FULL;
        }
        if (code == ErrorCode.FLEET_LOST) {
            return world.scenario.script().cursed();
        }
        if (code == ErrorCode.NO_RESULT_TO_APPEND) {
            return counts.returnedRows() == 0;
        }
        boolean limit =
                code == ErrorCode.ITEM_THRESHOLD_EXCEEDED
                        || code == ErrorCode.MINI_BATCH_THRESHOLD_EXCEEDED
                        || code == ErrorCode.PERCENT_THRESHOLD_EXCEEDED;
        return limit && exceeded() > 0;
    }

    /** How many limits are exceeded, strictly. */
    private int exceeded() {
        Thresholds limits = world.scenario.policy().thresholds();
        boolean items = limits.items() >= 0 && counts.failedItems() > limits.items();
        boolean batches =
                limits.miniBatches() >= 0 && counts.failedMiniBatches() > limits.miniBatches();
        boolean percent =
                counts.failedMiniBatches() * 100.0 / Math.max(1, counts.miniBatches())
                        > limits.percent();
        return (items ? 1 : 0) + (batches ? 1 : 0) + (percent ? 1 : 0);
    }

    private void noOutput() {
        Broken.unless(
                world.target.output().isEmpty(), () -> "output of a job that did not complete");
    }
}
