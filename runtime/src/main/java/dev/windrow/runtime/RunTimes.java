package dev.windrow.runtime;

import dev.windrow.engine.schedule.JobProgress.Phases;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a run of a job took. The phases overlap: mini-batches are processed while the plan is
 * still being made.
 *
 * @param total from the start of the command to the terminal status in the ledger
 * @param start from the start of the command to the first work given to an agent
 * @param plan until the plan was complete
 * @param process from the first lease to the last commit
 * @param finish from the moment that the output was begun to the terminal status
 */
public record RunTimes(
        Duration total, Duration start, Duration plan, Duration process, Duration finish) {

    /** Nothing was measured. */
    public static final RunTimes NONE =
            new RunTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * What the moments of a run come to.
     *
     * @param began when the command was started
     */
    public static RunTimes of(Instant began, Phases phases) {
        Instant ended = phases.ended().orElse(began);
        Instant worked = phases.planningBegan().or(phases::firstLease).orElse(ended);
        Optional<Instant> finishing = phases.publishingBegan().or(phases::lastCommit);
        return new RunTimes(
                between(began, ended),
                between(began, worked),
                phases.planCompleted().isPresent() && phases.planningBegan().isPresent()
                        ? between(phases.planningBegan().get(), phases.planCompleted().get())
                        : Duration.ZERO,
                phases.processing(),
                finishing.map(from -> between(from, ended)).orElse(Duration.ZERO));
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
