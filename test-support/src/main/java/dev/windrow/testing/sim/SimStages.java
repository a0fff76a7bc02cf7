package dev.windrow.testing.sim;

import dev.windrow.engine.job.FleetStage;
import java.util.List;

/**
 * What a simulated compute says of how far its fleet is: the truth, the truth much too late, the
 * same for ever, or whatever comes to its mind.
 */
final class SimStages {

    private static final List<String> SENTENCES =
            List.of(
                    "",
                    "its pods are being made",
                    "quota of pods: 4 of 4 are used",
                    "no machine has 64 CPUs free:\n 3 of 3 are too small ",
                    "image of the job is being pulled",
                    "refused: " + "because ".repeat(200));
    private static final long PREPARING_AT = 1_500_000;
    private static final long QUEUED_AT = 3_000_000;
    private static final long LATE = 60_000_000;
    private static final long LOOK_MAX = 20_000_000;
    private static final long NEVER = -1;

    private final World world;
    private final Dice dice;
    private final Temper temper;
    private final boolean looks;
    private long askedAt = NEVER;
    private long knowsAt;

    /** How it speaks. */
    private enum Temper {
        TRUTHFUL,
        LATE,
        STUCK,
        FLAPPING
    }

    /** What it says at one moment. */
    record Word(FleetStage stage, String waits) {}

    /**
     * @param dice of its own: it is asked often
     */
    SimStages(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.temper = dice.pick(List.of(Temper.values()));
        this.looks = dice.chance(0.5);
    }

    /** An engine starts, and in some worlds its compute has to find its instances again. */
    void engineStarts() {
        knowsAt = looks ? world.time.micros() + dice.skewed(0, LOOK_MAX) : 0;
    }

    boolean known() {
        return world.time.micros() >= knowsAt;
    }

    void asked() {
        askedAt = askedAt == NEVER ? world.time.micros() : askedAt;
    }

    Word word() {
        return switch (temper) {
            case TRUTHFUL -> told(0);
            case LATE -> told(LATE);
            case STUCK -> new Word(FleetStage.PREPARING, SENTENCES.get(1));
            case FLAPPING ->
                    new Word(dice.pick(List.of(FleetStage.values())), dice.pick(SENTENCES));
        };
    }

    private Word told(long late) {
        long since = (askedAt == NEVER ? 0 : world.time.micros() - askedAt) - late;
        if (since < PREPARING_AT) {
            return new Word(FleetStage.PROVISIONING, SENTENCES.get(1));
        }
        return since < QUEUED_AT
                ? new Word(FleetStage.PREPARING, "")
                : new Word(FleetStage.QUEUED, SENTENCES.get(2));
    }
}
