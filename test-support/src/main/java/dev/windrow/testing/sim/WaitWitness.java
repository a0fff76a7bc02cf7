package dev.windrow.testing.sim;

import dev.windrow.engine.schedule.JobProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What a job waits for is told seldom and not twice, however often a compute changes its mind. */
final class WaitWitness {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int LENGTH_MAX = 300;

    private final Set<String> told = new HashSet<>();
    private long epoch;
    private Instant last = Instant.MIN;

    /** A note of an engine; the next engine does not know what was told. */
    void noted(long its, String text, Instant at) {
        if (its != epoch) {
            epoch = its;
            told.clear();
            last = Instant.MIN;
        }
        Broken.unless(told.add(text), () -> "told twice: " + text);
        Broken.unless(
                last.equals(Instant.MIN) || !at.isBefore(last.plus(PAUSE)),
                () -> "told after %s: %s".formatted(Duration.between(last, at), text));
        readable(text);
        last = at;
    }

    /** The picture says why nobody is there only while nobody is. */
    void seen(JobProgress progress) {
        boolean nobody = progress.agents() == 0 && progress.reason().isEmpty();
        Broken.unless(
                progress.waits().isEmpty() || (nobody && !progress.status().terminal()),
                () -> "waits: %s with %s".formatted(progress.waits(), progress));
        readable(progress.waits());
    }

    private static void readable(String text) {
        Broken.unless(
                text.lines().count() <= 1 && text.length() <= LENGTH_MAX,
                () -> "sentence: " + text);
    }
}
