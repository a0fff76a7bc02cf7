package dev.windrow.engine.tally;

/**
 * Counts what ends. Owned by one job loop; not safe for use by several threads.
 *
 * <p>An item of a failed mini-batch is a failed item. A short return adds its missing items; a long
 * one adds nothing.
 */
public final class Tally {

    private final boolean shortReturnFails;
    private boolean planComplete;
    private long miniBatches;
    private long succeeded;
    private long failed;
    private long items;
    private long succeededItems;
    private long failedItems;
    private long returnedRows;
    private long attempts;
    private long retries;

    public Tally(Thresholds thresholds) {
        this.shortReturnFails = thresholds.shortReturnFailsMiniBatch();
    }

    /** More mini-batches are planned. */
    public void planned(long moreMiniBatches, long moreItems) {
        miniBatches += moreMiniBatches;
        items += moreItems;
    }

    /** Nothing more will be planned. */
    public void planCompleted() {
        planComplete = true;
    }

    /** A mini-batch of {@code total} items ended with {@code returned} rows, 0 or more. */
    public void succeeded(int total, long returned) {
        long good = Math.min(returned, total);
        succeededItems += good;
        failedItems += total - good;
        returnedRows += returned;
        attempts++;
        if (good < total && shortReturnFails) {
            failed++;
        } else {
            succeeded++;
        }
    }

    /**
     * A mini-batch of {@code total} items ended without a valid return.
     *
     * @param begun whether its last attempt was one that a worker had begun
     */
    public void failed(int total, boolean begun) {
        failed++;
        failedItems += total;
        attempts += begun ? 1 : 0;
    }

    /** An attempt failed and another will follow. */
    public void retried() {
        attempts++;
        retries++;
    }

    public Counts counts() {
        return new Counts(
                planComplete,
                miniBatches,
                succeeded,
                failed,
                items,
                succeededItems,
                failedItems,
                returnedRows,
                attempts,
                retries);
    }
}
