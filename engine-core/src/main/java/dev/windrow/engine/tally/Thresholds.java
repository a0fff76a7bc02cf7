package dev.windrow.engine.tally;

import java.util.Optional;

/**
 * The three independent limits of a job. Exceeded means strictly greater; whichever is exceeded
 * first stops the job.
 *
 * @param items tolerated failed items, or {@link #IGNORE_ALL}
 * @param miniBatches tolerated failed mini-batches, or {@link #IGNORE_ALL}
 * @param percent tolerated share of failed mini-batches, 0 to 100; tested once the plan is complete
 */
public record Thresholds(long items, long miniBatches, int percent) {

    /** The value that switches a count's check off. */
    public static final long IGNORE_ALL = -1;

    public Thresholds {
        if (items < IGNORE_ALL || miniBatches < IGNORE_ALL || percent < 0 || percent > 100) {
            throw new IllegalArgumentException(
                    "thresholds: %d, %d, %d %% (expected: >= -1, >= -1, 0..100)"
                            .formatted(items, miniBatches, percent));
        }
    }

    /** True when a short return also makes its mini-batch a failed one. */
    public boolean shortReturnFailsMiniBatch() {
        return items >= 0;
    }

    /** The first limit that these counts exceed. */
    public Optional<Breach> exceededBy(Counts counts) {
        if (items >= 0 && counts.failedItems() > items) {
            return Optional.of(new Breach(Limit.ITEMS, counts.failedItems(), items));
        }
        if (miniBatches >= 0 && counts.failedMiniBatches() > miniBatches) {
            return Optional.of(
                    new Breach(Limit.MINI_BATCHES, counts.failedMiniBatches(), miniBatches));
        }
        if (counts.planComplete()
                && counts.failedMiniBatches() * 100 > (long) percent * counts.miniBatches()) {
            return Optional.of(new Breach(Limit.PERCENT, counts.failedMiniBatches(), percent));
        }
        return Optional.empty();
    }

    /** Which of the three limits. */
    public enum Limit {
        ITEMS,
        MINI_BATCHES,
        PERCENT
    }

    /**
     * A limit that was exceeded.
     *
     * @param actual failed items or failed mini-batches
     * @param allowed the limit: a count, or per cent
     */
    public record Breach(Limit limit, long actual, long allowed) {}
}
