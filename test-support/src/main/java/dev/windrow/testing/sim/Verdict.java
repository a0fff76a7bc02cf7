package dev.windrow.testing.sim;

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
        switch (status) {
            case COMPLETED -> completed();
            case FAILED -> failed(ledger.reason().orElseThrow());
            case CANCELED -> {
                Broken.unless(
                        world.scenario.stop() == Scenario.Stop.CANCELED,
                        () -> "Canceled by nobody");
                noOutput();
            }
            default -> throw new Broken("status: %s (expected: an end)".formatted(status));
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
        switch (reason.code()) {
            case ITEM_THRESHOLD_EXCEEDED,
                    MINI_BATCH_THRESHOLD_EXCEEDED,
                    PERCENT_THRESHOLD_EXCEEDED -> {
                Broken.unless(
                        exceeded() > 0,
                        () -> "Failed by %s with %s".formatted(reason.message(), counts));
                noOutput();
            }
            case NO_RESULT_TO_APPEND ->
                    Broken.unless(counts.returnedRows() == 0, () -> "Failed: " + reason.message());
            case DISK_FULL -> {
                Broken.unless(
                        world.scenario.stop() == Scenario.Stop.DISK_FULL,
                        () -> "Failed: " + reason.message());
                noOutput();
            }
            case FLEET_LOST ->
                    Broken.unless(
                            world.scenario.script().cursed(), () -> "Failed: " + reason.message());
            default -> throw new Broken("Failed: %s %s".formatted(reason.code(), reason.message()));
        }
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
