package dev.windrow.engine.tally;

/**
 * How far a job is, at one moment. What is neither succeeded nor failed is outstanding while the
 * job runs and unprocessed once it has stopped.
 *
 * @param planComplete true when {@code miniBatches} and {@code items} will not grow any more
 * @param miniBatches planned so far
 * @param failedMiniBatches ended without a valid return, or by a short one where items are limited
 * @param items planned so far
 * @param succeededItems per mini-batch at most as many as it holds
 * @param failedItems of the mini-batches that have ended
 * @param attempts that were begun by a worker and ended
 */
public record Counts(
        boolean planComplete,
        long miniBatches,
        long succeededMiniBatches,
        long failedMiniBatches,
        long items,
        long succeededItems,
        long failedItems,
        long returnedRows,
        long attempts,
        long retries) {

    public Counts {
        if (succeededMiniBatches + failedMiniBatches > miniBatches
                || succeededItems + failedItems > items) {
            throw new IllegalArgumentException(
                    "counts: %d + %d of %d mini-batches, %d + %d of %d items (expected: no more than"
                                    .formatted(
                                            succeededMiniBatches,
                                            failedMiniBatches,
                                            miniBatches,
                                            succeededItems,
                                            failedItems,
                                            items)
                            + " planned)");
        }
    }

    public long outstandingMiniBatches() {
        return miniBatches - succeededMiniBatches - failedMiniBatches;
    }

    public long outstandingItems() {
        return items - succeededItems - failedItems;
    }

    /** True when everything planned has ended and nothing more will be planned. */
    public boolean allEnded() {
        return planComplete && outstandingMiniBatches() == 0;
    }
}
