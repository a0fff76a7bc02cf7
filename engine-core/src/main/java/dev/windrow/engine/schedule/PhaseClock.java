package dev.windrow.engine.schedule;

import dev.windrow.engine.schedule.JobProgress.Phases;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes when each phase of a job began. */
final class PhaseClock {

    private final Instant opened;
    private @Nullable Instant planningBegan;
    private @Nullable Instant planCompleted;
    private @Nullable Instant firstLease;
    private @Nullable Instant lastCommit;
    private @Nullable Instant publishingBegan;
    private @Nullable Instant ended;

    PhaseClock(Instant opened) {
        this.opened = opened;
    }

    void planningBegan(Instant now) {
        planningBegan = planningBegan == null ? now : planningBegan;
    }

    void planCompleted(Instant now) {
        planCompleted = now;
    }

    void leased(Instant now) {
        firstLease = firstLease == null ? now : firstLease;
    }

    void committed(Instant now) {
        lastCommit = now;
    }

    void publishingBegan(Instant now) {
        publishingBegan = publishingBegan == null ? now : publishingBegan;
    }

    void ended(Instant now) {
        ended = now;
    }

    Phases phases() {
        return new Phases(
                opened,
                Optional.ofNullable(planningBegan),
                Optional.ofNullable(planCompleted),
                Optional.ofNullable(firstLease),
                Optional.ofNullable(lastCommit),
                Optional.ofNullable(publishingBegan),
                Optional.ofNullable(ended));
    }
}
