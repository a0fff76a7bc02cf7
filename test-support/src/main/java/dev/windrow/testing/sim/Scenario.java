package dev.windrow.testing.sim;

import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.tally.Thresholds;
import java.time.Duration;
import java.util.List;

/**
 * What one seed is about: the job, its script and how much goes wrong.
 *
 * @param chunkMax mini-batches in one chunk of the plan at most
 * @param attemptLimit of one attempt
 * @param faults how many are planned
 * @param stop what ends the job early, if anything
 * @param noise probability that a message suffers something, beside the planned faults
 */
public record Scenario(
        long seed,
        JobPolicy policy,
        SimScript script,
        int chunkMax,
        Duration attemptLimit,
        int faults,
        Stop stop,
        double noise) {

    /** What may end a job early beside its limits. */
    public enum Stop {
        NOTHING,
        CANCELED,
        DISK_FULL
    }

    private static final long[] MEANS = {800, 800, 8_000, 8_000, 60_000, 250_000};
    private static final int MINI_BATCHES_MIN = 200;
    private static final int MINI_BATCHES_MAX = 320;
    private static final int MANY = 5_200;

    /** Draws the scenario of a seed. */
    public static Scenario of(long seed, Dice dice) {
        int maxRetries = dice.between(0, 3);
        boolean many = dice.chance(0.01);
        int miniBatches = many ? MANY : dice.between(MINI_BATCHES_MIN, MINI_BATCHES_MAX);
        long mean = many ? MEANS[0] : MEANS[dice.between(0, MEANS.length - 1)];
        double unruly = many ? 0.002 : dice.pick(List.of(0.0, 0.02, 0.05, 0.1));
        SimScript script = new SimScript(dice.split(), miniBatches, maxRetries, unruly, mean);
        if (!many && dice.chance(0.02)) {
            script.curse(dice.between(0, miniBatches - 1));
        }
        JobPolicy policy =
                new JobPolicy(
                        thresholds(dice, script),
                        maxRetries,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(900),
                        Duration.ofSeconds(600),
                        dice.between(2, 3),
                        dice.between(2, 3),
                        dice.chance(0.9));
        return new Scenario(
                seed,
                policy,
                script,
                many ? 1_000 : dice.between(8, 80),
                Duration.ofSeconds(dice.between(2, 6)),
                many ? 8 : dice.between(15, 60),
                dice.chance(0.06)
                        ? dice.pick(List.of(Stop.CANCELED, Stop.DISK_FULL))
                        : Stop.NOTHING,
                dice.pick(List.of(0.0, 0.0, 0.002, 0.01)));
    }

    /** The job that Azure documents with a retry and nothing going wrong. */
    public Scenario calm() {
        SimScript calm = new SimScript(new Dice(seed), script.miniBatches(), 2, 0, 5_000);
        return new Scenario(seed, policy, calm, chunkMax, attemptLimit, 0, Stop.NOTHING, 0);
    }

    private static Thresholds thresholds(Dice dice, SimScript script) {
        Thresholds none = new Thresholds(Thresholds.IGNORE_ALL, Thresholds.IGNORE_ALL, 100);
        return switch (dice.between(0, 5)) {
            case 0 -> new Thresholds(atLimit(dice, script.failedItems()), -1, 100);
            case 1 -> new Thresholds(-1, atLimit(dice, script.failedMiniBatches(none)), 100);
            case 2 -> new Thresholds(-1, -1, percent(dice, script.failedMiniBatches(none), script));
            default -> none;
        };
    }

    /** Just enough, mostly; sometimes one too few. */
    private static long atLimit(Dice dice, long expected) {
        return dice.chance(0.8) ? expected : Math.max(0, expected - 1);
    }

    private static int percent(Dice dice, long failed, SimScript script) {
        int size = script.miniBatches();
        return (int) ((failed * 100 + (dice.chance(0.8) ? size - 1 : 0)) / size);
    }
}
