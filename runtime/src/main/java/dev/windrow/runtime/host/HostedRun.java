package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.JobSession;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One job's run from its turn to its end, told to the register. */
final class HostedRun implements LoopListener {

    private final HostedJob job;
    private final JobKey key;
    private final Register register;
    private final Assembly assembly;
    private final JobNotes notes;
    private final AgentEntrance agents;
    private final InstantSource clock;
    private final HostMeters meters;

    /** Whether it was seen waiting for room; statuses do not go back behind that. */
    private boolean queued;

    HostedRun(
            HostedJob job,
            Register register,
            Assembly assembly,
            JobNotes notes,
            AgentEntrance agents,
            InstantSource clock,
            HostMeters meters) {
        this.meters = meters;
        this.job = job;
        this.key = job.key();
        this.register = register;
        this.assembly = assembly;
        this.notes = notes;
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @param closing tells whether the server is about to end, which is no fault of the job's
     * @param completed is told of its completion before anybody else is, and whether no agent was
     *     there any more, so that none tidies up
     */
    void run(BooleanSupplier closing, Consumer<Boolean> completed) {
        Instant began = clock.instant();
        try (JobSession session = assembly.takeUp(key.name())) {
            if (session.row().status() == JobStatus.CANCEL_REQUESTED) {
                job.cancel("an earlier request");
            }
            queued = job.wasQueued() || isToldQueued();
            tellAgain(session.row().status());
            job.attach(session);
            boolean ended = session.row().status().terminal();
            JobProgress end = session.run(this, agents.of(key, session.row().submittedAt()));
            if (end.status() == JobStatus.COMPLETED) {
                completed.accept(end.agents() == 0);
            }
            end(ended ? session.formerOutcome() : session.conclude(end, began));
        } catch (RuntimeException e) {
            boolean ours = e instanceof InvalidJobException || e instanceof EngineException;
            if (!closing.getAsBoolean()) {
                stuck(ours ? String.valueOf(e.getMessage()) : e.toString());
            }
        }
    }

    /** Of a job that had begun before it had to wait, nothing new will be told by itself. */
    private void tellAgain(JobStatus status) {
        if (job.wasQueued() && !status.terminal()) {
            statusChanged(status, clock.instant());
        }
    }

    /** Also by a server before this one. */
    private boolean isToldQueued() {
        return register.find(key).filter(one -> one.status() == JobStatus.QUEUED).isPresent();
    }

    /** It stays as the ledger has it, and the next server takes it up again. */
    private void stuck(String why) {
        Reason reason = new Reason("NOT_RUN", why, Optional.empty());
        notes.note(key, clock.instant(), "not_run", why);
        register.update(
                key,
                one ->
                        one.withStatus(
                                one.status(), Optional.of(reason), one.counts(), one.endedAt()));
    }

    private void end(JobOutcome outcome) {
        Instant at = clock.instant();
        meters.ended(outcome.status());
        Optional<Reason> reason =
                outcome.reason()
                        .map(why ->
                                new Reason(
                                        why.code().name(),
                                        why.message(),
                                        outcome.firstCause().map(HostedRun::inShort)));
        notes.last(
                key,
                () ->
                        register.status(
                                key,
                                outcome.status(),
                                one ->
                                        one.withStatus(
                                                outcome.status(),
                                                reason,
                                                Optional.of(outcome.counts()),
                                                Optional.of(at)),
                                at));
    }

    private static String inShort(FirstCause cause) {
        String line = cause.userLine().isEmpty() ? "" : " (" + cause.userLine() + ")";
        return "mini-batch %d: %s%s".formatted(cause.miniBatch(), cause.error(), line);
    }

    @Override
    public void statusChanged(JobStatus status, Instant at) {
        // The end is told with its counts, once reports and output are there.
        boolean back = queued && JobView.precedes(status, JobStatus.QUEUED);
        if (!status.terminal() && !back) {
            notes.status(key, at, status);
        }
    }

    @Override
    public void leased(Duration wait) {
        meters.leased(wait);
    }

    @Override
    public void noted(String kind, String text, Instant at) {
        notes.note(key, at, kind, text);
    }
}
