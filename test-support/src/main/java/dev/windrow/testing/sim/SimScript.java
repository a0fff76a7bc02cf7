package dev.windrow.testing.sim;

import dev.windrow.engine.tally.Thresholds;

/** What the user's script does with each mini-batch, and how many items each holds. */
public final class SimScript {

    /** How one call ends. */
    public enum Ending {
        RETURNS,
        RETURNS_LESS,
        RETURNS_MORE,
        RAISES,
        RETURNS_NONE,
        CANNOT_LOAD,
        DIES,
        HANGS,
        /** The whole machine goes down whenever it runs. */
        CRASHES_MACHINE
    }

    private static final Ending[] FAILURES = {
        Ending.RAISES, Ending.RETURNS_NONE, Ending.CANNOT_LOAD, Ending.DIES, Ending.HANGS
    };

    private final int[] items;
    private final Ending[] failing;
    private final int[] failures;
    private final Ending[] last;
    private final int maxRetries;
    private final long meanMicros;
    private final Dice dice;
    private boolean cursed;

    /**
     * Draws a script.
     *
     * @param unruly share of mini-batches that do not simply return
     * @param meanMicros of one call
     */
    public SimScript(Dice dice, int miniBatches, int maxRetries, double unruly, long meanMicros) {
        this.dice = dice;
        this.maxRetries = maxRetries;
        this.meanMicros = meanMicros;
        items = new int[miniBatches];
        failing = new Ending[miniBatches];
        failures = new int[miniBatches];
        last = new Ending[miniBatches];
        for (int i = 0; i < miniBatches; i++) {
            items[i] = dice.between(1, 6);
            last[i] = Ending.RETURNS;
            failing[i] = FAILURES[dice.between(0, FAILURES.length - 1)];
            if (dice.chance(unruly)) {
                failures[i] = dice.between(0, maxRetries + 1);
                last[i] = dice.chance(0.5) ? Ending.RETURNS : oddReturn();
            }
        }
    }

    private Ending oddReturn() {
        return dice.chance(0.7) ? Ending.RETURNS_LESS : Ending.RETURNS_MORE;
    }

    /** Has one mini-batch take down every machine that runs it. */
    public void curse(int index) {
        cursed = true;
        failures[index] = Integer.MAX_VALUE;
        failing[index] = Ending.CRASHES_MACHINE;
    }

    public boolean cursed() {
        return cursed;
    }

    public int miniBatches() {
        return items.length;
    }

    public int items(int index) {
        return items[index];
    }

    /** How a call ends that {@code attempt} failed ones have preceded. */
    public Ending ending(int index, int attempt) {
        return attempt < failures[index] ? failing[index] : last[index];
    }

    /** Length of a return value that ends so. */
    public int returned(int index, Ending ending) {
        return switch (ending) {
            case RETURNS -> items[index];
            case RETURNS_LESS -> index % items[index];
            case RETURNS_MORE -> items[index] + 3;
            case RAISES, RETURNS_NONE, CANNOT_LOAD, DIES, HANGS, CRASHES_MACHINE -> 0;
        };
    }

    /** Microseconds of one call. */
    public long duration() {
        return dice.skewed(meanMicros / 4, meanMicros * 4);
    }

    /** Failed items when nothing but the script goes wrong. */
    public long failedItems() {
        long sum = 0;
        for (int i = 0; i < items.length; i++) {
            int good = failures[i] > maxRetries ? 0 : returned(i, last[i]);
            sum += items[i] - Math.min(items[i], good);
        }
        return sum;
    }

    /** Failed mini-batches when nothing but the script goes wrong. */
    public long failedMiniBatches(Thresholds thresholds) {
        long sum = 0;
        for (int i = 0; i < items.length; i++) {
            boolean isShort = returned(i, last[i]) < items[i];
            boolean fails =
                    failures[i] > maxRetries || (isShort && thresholds.shortReturnFailsMiniBatch());
            sum += fails ? 1 : 0;
        }
        return sum;
    }
}
