package dev.windrow.cli.view;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.RunTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Jobs to be shown. */
final class Samples {

    static final RunTimes TIMES =
            new RunTimes(
                    Duration.ofMillis(4_250),
                    Duration.ofMillis(420),
                    Duration.ofMillis(35),
                    Duration.ofMillis(3_500),
                    Duration.ofMillis(12));

    private static final FirstCause CAUSE =
            new FirstCause(7, "ValueError: bad\nvalue", "entry.py:12: raise ValueError(text)");

    private Samples() {}

    static Counts counts(boolean planned, long ok, long failed, long total, long retries) {
        return new Counts(
                planned,
                total,
                ok,
                failed,
                total * 5,
                ok * 5,
                failed * 5,
                ok * 5,
                ok + failed + retries,
                retries);
    }

    static JobOutcome completed() {
        return outcome(JobStatus.COMPLETED, Optional.empty(), counts(true, 200, 0, 200, 3));
    }

    static JobOutcome completedWithFailures() {
        return outcome(JobStatus.COMPLETED, Optional.empty(), counts(true, 198, 2, 200, 3));
    }

    static JobOutcome failed() {
        return outcome(
                JobStatus.FAILED,
                Optional.of(
                        new JobReason(
                                ErrorCode.ITEM_THRESHOLD_EXCEEDED,
                                "error_threshold: 15 failed items (expected: <= 10)",
                                Optional.of(CAUSE))),
                counts(true, 20, 3, 200, 0));
    }

    private static JobOutcome outcome(JobStatus status, Optional<JobReason> reason, Counts counts) {
        boolean partial = status != JobStatus.COMPLETED;
        return new JobOutcome(
                "nightly",
                status,
                reason,
                counts.failedMiniBatches() == 0 ? Optional.empty() : Optional.of(CAUSE),
                counts,
                partial ? new Tolerance(10, -1, 100) : Tolerance.DEFAULT,
                Map.of("rows", partial ? "/out/rows.txt.partial-nightly" : "/out/rows.txt"),
                partial ? Optional.of("rows") : Optional.empty(),
                Path.of("/home/jobs/nightly/logs"),
                TIMES);
    }

    static Picture picture(Counts counts, OptionalDouble rate, Optional<Duration> left) {
        return picture("nightly", counts, rate, left, Duration.ofSeconds(42));
    }

    static Picture picture(
            String name,
            Counts counts,
            OptionalDouble rate,
            Optional<Duration> left,
            Duration elapsed) {
        Instant at = Instant.EPOCH;
        Phases phases =
                new Phases(
                        at,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        JobProgress progress =
                new JobProgress(JobStatus.RUNNING, Optional.empty(), "", counts, 1, 1, 9, phases);
        return new Picture(name, progress, elapsed, rate, left, 2);
    }
}
