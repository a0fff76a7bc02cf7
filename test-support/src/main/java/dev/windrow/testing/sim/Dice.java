package dev.windrow.testing.sim;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one simulation, from its seed. */
public final class Dice {

    private final SplittableRandom random;

    public Dice(long seed) {
        // Neighbouring seeds would begin alike without this.
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ 0x5DEECE66DL);
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of its own for one part, so that others may throw more often without touching it. */
    public Dice split() {
        return new Dice(random.split());
    }

    public boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** From {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low >= high ? low : random.nextInt(low, high + 1);
    }

    /** Mostly near {@code low}, sometimes up to {@code high}: microseconds that vary widely. */
    public long skewed(long low, long high) {
        double place = random.nextDouble();
        return low + (long) ((high - low) * place * place * place);
    }

    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
