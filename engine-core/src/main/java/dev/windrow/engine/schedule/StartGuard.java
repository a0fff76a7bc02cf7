package dev.windrow.engine.schedule;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.model.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when workers that do not get ready end the job. Azure documents the rules: {@code init()}
 * failing everywhere ends a job that is older than two minutes once it has failed twice per worker
 * of the fleet; all workers hanging in it is no progress. A script that cannot even be loaded ends
 * the job at once, because trying again gives the same.
 */
final class StartGuard {

    /** A job whose {@code init()} fails everywhere is kept this long. */
    static final Duration INIT_PATIENCE = Duration.ofMinutes(2);

    private static final int FAILURES_PER_WORKER = 2;

    private final JobPolicy policy;
    private final Instant startedAt;
    private boolean everReady;
    private int failures;
    private @Nullable ErrorText firstError;
    private @Nullable Instant lastNews;

    StartGuard(JobPolicy policy, Instant startedAt) {
        this.policy = policy;
        this.startedAt = startedAt;
    }

    void agentAttached(Instant now) {
        lastNews = lastNews == null ? now : lastNews;
    }

    void ready(Instant now) {
        everReady = true;
        lastNews = now;
    }

    void initFailed(ErrorText error, Instant now) {
        failures++;
        lastNews = now;
        firstError = firstError == null ? error : firstError;
    }

    /** What a script that cannot be loaded means: the end, unless some worker could load it. */
    Optional<JobReason> loadFailed(ErrorText error, Instant now) {
        if (everReady) {
            initFailed(error, now);
            return Optional.empty();
        }
        return Optional.of(
                reason(
                        ErrorCode.SCRIPT_LOAD_FAILED,
                        "entry_script: cannot be loaded: " + error.oneLine(),
                        error));
    }

    /** Whether the time has come to give up. */
    Optional<JobReason> check(Instant now) {
        if (everReady || lastNews == null) {
            return Optional.empty();
        }
        ErrorText error = firstError;
        int limit = FAILURES_PER_WORKER * policy.instances() * policy.workersPerInstance();
        boolean old = now.isAfter(startedAt.plus(INIT_PATIENCE));
        if (error != null && old && failures >= limit) {
            return Optional.of(failing(error));
        }
        // Failures that were told to an engine before this one are not told again.
        if (now.isAfter(lastNews.plus(policy.initLimit()))) {
            return Optional.of(error == null ? hanging() : failing(error));
        }
        return Optional.empty();
    }

    private JobReason failing(ErrorText error) {
        return reason(
                ErrorCode.INIT_FAILED,
                "init(): failed %s on all workers (expected: one success): %s"
                        .formatted(Counted.of(failures, "time", "times"), error.oneLine()),
                error);
    }

    private JobReason hanging() {
        return new JobReason(
                ErrorCode.INIT_TIMEOUT,
                "init(): no worker is ready after %d s (expected: 3 x timeout + 30 s)"
                        .formatted(policy.initLimit().toSeconds()));
    }

    private static JobReason reason(ErrorCode code, String message, ErrorText error) {
        return new JobReason(
                code, message, Optional.of(new FirstCause(-1, error.oneLine(), error.userLine())));
    }
}
