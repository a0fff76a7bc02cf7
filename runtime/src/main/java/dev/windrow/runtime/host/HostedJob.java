package dev.windrow.runtime.host;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.runtime.JobSession;
import dev.windrow.store.register.JobKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that waits for room on this server, or runs on it. */
final class HostedJob {

    private final Claim claim;
    private @Nullable JobSession session;
    private @Nullable String canceledBy;
    private boolean began;

    HostedJob(Claim claim) {
        this.claim = claim;
    }

    JobKey key() {
        return claim.key();
    }

    Claim claim() {
        return claim;
    }

    /** It waits no more. */
    synchronized void begin() {
        began = true;
    }

    /** True while it waits for room. */
    synchronized boolean waits() {
        return !began;
    }

    /** Its run is about to begin; a cancel that came before is handed on. */
    synchronized void attach(JobSession opened) {
        session = opened;
        if (canceledBy != null) {
            opened.cancel(canceledBy);
        }
    }

    /** Asks it to stop, whether it runs already or not. */
    synchronized void cancel(String who) {
        canceledBy = who;
        if (session != null) {
            session.cancel(who);
        }
    }

    /** True when it was asked to stop. */
    synchronized boolean canceled() {
        return canceledBy != null;
    }

    /** How it is now. */
    synchronized Hosted picture() {
        JobStatus status = began ? JobStatus.STARTING : JobStatus.QUEUED;
        Optional<JobProgress> now = progress();
        int workers =
                Optional.ofNullable(session)
                        .map(one -> one.prepared().settings().staffing())
                        .map(EffectiveSettings.Staffing::maxConcurrencyPerInstance)
                        .orElse(0);
        return new Hosted(
                claim.key(),
                now.map(JobProgress::status).filter(one -> !one.terminal()).orElse(status),
                now,
                workers);
    }

    synchronized Optional<JobProgress> progress() {
        return Optional.ofNullable(session).flatMap(JobSession::progress);
    }
}
