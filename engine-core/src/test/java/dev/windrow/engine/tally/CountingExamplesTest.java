package dev.windrow.engine.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseGranted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseLost;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.minibatch.MiniBatchState;
import dev.windrow.engine.minibatch.MiniBatchStates;
import dev.windrow.engine.minibatch.MiniBatchStep;
import dev.windrow.engine.minibatch.MiniBatchStep.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten mini-batches of ten files, one of which (or all) does something special: what is counted, and
 * which limit is exceeded. The rules are those that Azure documents for parallel jobs.
 */
final class CountingExamplesTest {

    private static final int MINI_BATCHES = 10;
    private static final int ITEMS = 10;
    private static final int FAILS = -1;
    private static final int LOST = -2;

    /**
     * One example.
     *
     * @param special what its attempts return, in order; {@link #FAILS} and {@link #LOST} as well
     * @param everyOne true when every mini-batch does so
     * @param limits error_threshold, mini_batch_error_threshold, allowed_failed_percent
     * @param attempts of the special one that began and ended
     */
    record Example(
            int row,
            String what,
            List<Integer> special,
            boolean everyOne,
            int maxRetries,
            Thresholds limits,
            long failedItems,
            long failedMiniBatches,
            int attempts,
            Optional<Thresholds.Limit> exceeded) {

        @Override
        public String toString() {
            return row + ": " + what;
        }
    }

    private static Example one(
            int row,
            String what,
            List<Integer> special,
            Thresholds limits,
            long items,
            long miniBatches,
            int attempts) {
        return new Example(
                row,
                what,
                special,
                false,
                2,
                limits,
                items,
                miniBatches,
                attempts,
                Optional.empty());
    }

    private static Example failing(
            int row,
            String what,
            List<Integer> special,
            Thresholds limits,
            long items,
            int attempts,
            Thresholds.Limit limit) {
        int maxRetries = attempts == 1 && special.getFirst() == FAILS ? 0 : 2;
        return new Example(
                row,
                what,
                special,
                false,
                maxRetries,
                limits,
                items,
                1,
                attempts,
                Optional.of(limit));
    }

    private static Thresholds limits(long items, long miniBatches, int percent) {
        return new Thresholds(items, miniBatches, percent);
    }

    static List<Example> withoutBreach() {
        List<Integer> fails = List.of(FAILS, FAILS, FAILS);
        return List.of(
                one(1, "all return 10", List.of(10), limits(-1, -1, 100), 0, 0, 1),
                one(2, "raises always", fails, limits(-1, -1, 100), 10, 1, 3),
                one(4, "1 is not > 1", fails, limits(-1, 1, 100), 10, 1, 3),
                one(6, "10 is not > 10", fails, limits(10, -1, 100), 10, 1, 3),
                one(8, "raises once", List.of(FAILS, 10), limits(0, 0, 0), 0, 0, 2),
                one(9, "raises twice", List.of(FAILS, FAILS, 10), limits(0, 0, 0), 0, 0, 3),
                one(10, "7 of 10, unchecked", List.of(7), limits(-1, 0, 100), 3, 0, 1),
                one(11, "7 of 10, 3 allowed", List.of(7), limits(3, -1, 100), 3, 1, 1),
                new Example(
                        14,
                        "all return nothing",
                        List.of(0),
                        true,
                        2,
                        limits(-1, 5, 100),
                        100,
                        0,
                        1,
                        Optional.empty()),
                new Example(
                        15,
                        "all return nothing, aggregated",
                        List.of(0),
                        true,
                        2,
                        limits(-1, -1, 100),
                        100,
                        0,
                        1,
                        Optional.empty()),
                one(17, "25 rows for 10 files", List.of(25), limits(0, 0, 0), 0, 0, 1),
                one(18, "too slow always", fails, limits(-1, -1, 100), 10, 1, 3),
                one(19, "killed once", List.of(FAILS, 10), limits(0, 0, 0), 0, 0, 2),
                one(21, "node lost", List.of(LOST, 10), limits(0, 0, 0), 0, 0, 1));
    }

    static List<Example> withBreach() {
        List<Integer> fails = List.of(FAILS, FAILS, FAILS);
        Thresholds.Limit items = Thresholds.Limit.ITEMS;
        Thresholds.Limit miniBatches = Thresholds.Limit.MINI_BATCHES;
        return List.of(
                failing(3, "1 > 0", fails, limits(-1, 0, 100), 10, 3, miniBatches),
                failing(5, "10 > 9", fails, limits(9, -1, 100), 10, 3, items),
                failing(7, "10 % > 9 %", fails, limits(-1, -1, 9), 10, 3, Thresholds.Limit.PERCENT),
                failing(12, "7 of 10, 2 allowed", List.of(7), limits(2, -1, 100), 3, 1, items),
                failing(13, "short counts too", List.of(7), limits(5, 0, 100), 3, 1, miniBatches),
                failing(16, "None always", fails, limits(-1, 0, 100), 10, 3, miniBatches),
                failing(20, "no retry", List.of(FAILS), limits(-1, 0, 100), 10, 1, miniBatches));
    }

    @ParameterizedTest
    @MethodSource({"withoutBreach", "withBreach"})
    void countsAsTheExampleSays(Example example) {
        Tally tally = new Tally(example.limits());
        tally.planned(MINI_BATCHES, (long) MINI_BATCHES * ITEMS);
        tally.planCompleted();
        for (int index = 0; index < MINI_BATCHES; index++) {
            boolean special = index == 3 || example.everyOne();
            run(tally, example.maxRetries(), special ? example.special() : List.of(ITEMS));
        }
        Counts counts = tally.counts();

        assertThat(counts.failedItems()).isEqualTo(example.failedItems());
        assertThat(counts.failedMiniBatches()).isEqualTo(example.failedMiniBatches());
        assertThat(counts.succeededItems()).isEqualTo(100 - example.failedItems());
        assertThat(counts.allEnded()).isTrue();
        int others = example.everyOne() ? 9 * example.attempts() : 9;
        assertThat(counts.attempts()).isEqualTo(others + example.attempts());
        assertThat(example.limits().exceededBy(counts).map(Thresholds.Breach::limit))
                .isEqualTo(example.exceeded());
    }

    /** Runs one mini-batch to its end as the loop does. */
    private static void run(Tally tally, int maxRetries, List<Integer> attempts) {
        MiniBatchMachine machine = new MiniBatchMachine(maxRetries, MiniBatchMachine.LOSSES_MAX);
        MiniBatchState state = MiniBatchStates.FRESH;
        long counter = 0;
        for (int returned : attempts) {
            LeaseToken token = new LeaseToken(1, ++counter);
            state = machine.on(state, new LeaseGranted(token, 1), 1).state();
            MiniBatchStep step =
                    machine.on(
                            state,
                            switch (returned) {
                                case FAILS -> new AttemptFailed(token);
                                case LOST -> new LeaseLost(token);
                                default -> new AttemptSucceeded(token);
                            },
                            1);
            state = step.state();
            if (step.outcome() == Outcome.SUCCEEDED) {
                tally.succeeded(ITEMS, returned);
            } else if (step.outcome() == Outcome.RETRIED) {
                tally.retried();
            } else if (step.outcome() == Outcome.FAILED) {
                tally.failed(ITEMS, true);
            }
        }
        assertThat(state.ended()).isTrue();
    }
}
