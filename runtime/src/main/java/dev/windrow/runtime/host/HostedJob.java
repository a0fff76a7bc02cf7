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

    private final Need need;
    private @Nullable JobSession session;
    private @Nullable String canceledBy;
    private boolean began;
    private boolean told;
    private boolean segmentsRemoved;

    HostedJob(Need need) {
        this.need = need;
    }

    JobKey key() {
        return need.key();
    }

    Need need() {
        return need;
    }

    /** It waits no more. */
    synchronized void begin() {
        began = true;
    }

    /** Does something unless its turn has come; its turn does not come meanwhile. */
    synchronized void whileWaiting(Runnable act) {
        if (!began && canceledBy == null) {
            act.run();
            told = true;
        }
    }

    /** True when something was done because it had to wait. */
    synchronized boolean wasQueued() {
        return told;
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

    /** An agent has removed its segments. */
    synchronized void tellSegmentsRemoved() {
        segmentsRemoved = true;
    }

    synchronized boolean segmentsRemoved() {
        return segmentsRemoved;
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
                need.key(),
                now.map(JobProgress::status).filter(one -> !one.terminal()).orElse(status),
                now,
                workers);
    }

    /** What runs it; empty before its run and while it waits. */
    synchronized Optional<JobSession> session() {
        return Optional.ofNullable(session);
    }

    synchronized Optional<JobProgress> progress() {
        return Optional.ofNullable(session).flatMap(JobSession::progress);
    }
}
