package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobEffect;
import dev.windrow.engine.job.JobEvent;
import dev.windrow.engine.job.JobMachine;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobState;
import dev.windrow.engine.job.JobState.Ended;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Running;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.job.JobVerdict;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Runs one job: the only writer of its state and of its part of the ledger.
 *
 * <p>A plain object that is stepped: {@link #handle} and {@link #tick} decide, {@link #commit}
 * makes the decisions durable in one group and acts on them. Whoever drives it calls {@code commit}
 * after as many events as were waiting, so that everything that came during one flush shares the
 * next. Not safe for use by several threads. When the ledger refuses or fails, {@code commit}
 * throws and the loop must not be used again: another one is opened from the ledger.
 */
public final class JobLoop {

    private final JobParts parts;
    private final LoopListener listener;
    private final InstantSource clock;
    private final FleetEvents events;
    private final JobTick ticks;
    private JobState state;
    private JobStatus stored;
    private Optional<JobReason> reason;
    private Instant stoppingSince;

    private JobLoop(JobParts parts, JobState state, LoopListener listener, InstantSource clock) {
        this.parts = parts;
        this.state = state;
        this.stored = parts.storedStatus;
        this.listener = listener;
        this.clock = clock;
        this.reason = parts.storedReason;
        this.stoppingSince = clock.instant();
        this.events = new FleetEvents(parts, this::step, this::note);
        this.ticks =
                new JobTick(
                        parts,
                        this::step,
                        this::note,
                        agent -> parts.journal.then(() -> listener.lost(agent)));
        parts.agentDesk.onLease(since -> listener.leased(Duration.between(since, clock.instant())));
    }

    /**
     * Takes the job over under a new epoch and loads what its ledger holds.
     *
     * @throws dev.windrow.engine.error.EngineException when the job is not there, or the ledger
     *     cannot be read
     */
    public static JobLoop open(
            JobStore store,
            String job,
            JobPolicy policy,
            Compute compute,
            LoopListener listener,
            InstantSource clock) {
        JobParts parts = JobParts.load(store, job, policy, compute, clock.instant());
        JobLoop loop = new JobLoop(parts, parts.openingState(), listener, clock);
        if (loop.ended()) {
            parts.journal.then(loop::release);
        }
        return loop;
    }

    /** True when nothing more will happen. */
    public boolean ended() {
        return state instanceof Ended;
    }

    /** The epoch this loop writes under. */
    public long epoch() {
        return parts.epoch;
    }

    /** Entries that wait for {@link #commit}. */
    public int waiting() {
        return parts.journal.waiting();
    }

    public JobProgress progress() {
        return new JobProgress(
                stored,
                reason,
                waits(),
                parts.tally.counts(),
                parts.roster.all().size(),
                (int) parts.roster.all().stream().filter(seat -> seat.ready).count(),
                parts.roster.all().stream().mapToInt(seat -> seat.leasedCount).sum(),
                parts.phases.phases());
    }

    private String waits() {
        boolean nobody = parts.roster.isEmpty() && reason.isEmpty() && !ended();
        return nobody ? parts.wait.sentence() : "";
    }

    /** Takes note of an event. Nothing is sent or kept before {@link #commit}. */
    public void handle(FleetEvent event, Instant now) {
        if (ended()) {
            return;
        }
        events.handle(event, state, now);
    }

    /** Does what time demands; to be called a few times a second. */
    public void tick(Instant now) {
        if (ended()) {
            return;
        }
        ticks.tick(state, now);
        repeatWhatMayBeLost(now);
    }

    /**
     * Blocks until everything decided is durable, then acts on it.
     *
     * @throws dev.windrow.engine.error.EngineException when the ledger fails or belongs to another
     */
    public void commit(Instant now) {
        boolean had = parts.journal.waiting() > 0;
        settle(now);
        parts.journal.commit();
        if (had && parts.phases.phases().firstLease().isPresent()) {
            if (!(state instanceof Publishing) && !(state instanceof Ended)) {
                parts.phases.committed(clock.instant());
            }
        }
        if (ended()) {
            parts.phases.ended(clock.instant());
        }
    }

    /** Draws the conclusions from everything that was handled since the last commit. */
    private void settle(Instant now) {
        if (state instanceof Stopping || state instanceof Publishing || ended()) {
            conclude(now);
            return;
        }
        if (!breached(now) && parts.tally.counts().allEnded()) {
            parts.conclusionOfAll()
                    .ifPresentOrElse(
                            why -> step(new JobEvent.Broke(why), now),
                            () -> step(new JobEvent.AllEnded(), now));
        }
        if (state instanceof Stopping) {
            conclude(now);
        } else if (parts.agentDesk.grant(now)) {
            parts.phases.leased(now);
            step(new JobEvent.WorkBegun(), now);
        }
    }

    private boolean breached(Instant now) {
        Optional<JobReason> breach = parts.breach();
        breach.ifPresent(why -> step(new JobEvent.Broke(why), now));
        return breach.isPresent();
    }

    private void conclude(Instant now) {
        if (state instanceof Stopping && parts.workersEnded()) {
            step(new JobEvent.WorkersEnded(), now);
        }
        if (state instanceof Publishing(JobVerdict verdict)) {
            publish(verdict, now);
        }
    }

    private void publish(JobVerdict verdict, Instant now) {
        boolean partial = !(verdict instanceof JobVerdict.Success);
        boolean nothing = !parts.policy.appends() || parts.tally.counts().returnedRows() == 0;
        Optional<AgentSeat> seat = parts.roster.anyReachable();
        if (nothing || (partial && seat.isEmpty())) {
            step(new JobEvent.OutputPublished(), now);
        } else {
            seat.ifPresent(one -> parts.publishDesk.offer(one, partial, now));
        }
    }

    private void repeatWhatMayBeLost(Instant now) {
        if (state instanceof Stopping(JobVerdict verdict)) {
            parts.endWorkersAgain(!(verdict instanceof JobVerdict.Success), stoppingSince, now);
        }
    }

    private void step(JobEvent event, Instant now) {
        JobMachine.Step step = JobMachine.on(state, event);
        boolean moved = !step.state().equals(state);
        state = step.state();
        if (moved) {
            keepStatus(now);
        }
        act(step.effect(), now);
    }

    private void keepStatus(Instant now) {
        JobStatus next = state.status();
        boolean back = state instanceof Running && stored == JobStatus.FINALIZING;
        if (next == stored || back) {
            return;
        }
        stored = next;
        reason = reasonOf(state);
        parts.journal.keep(new StatusChanged(next, reason, now));
        parts.journal.then(() -> listener.statusChanged(next, now));
    }

    private static Optional<JobReason> reasonOf(JobState state) {
        return switch (state) {
            case Stopping(JobVerdict verdict) -> verdict.reason();
            case Publishing(JobVerdict verdict) -> verdict.reason();
            case Ended(JobVerdict verdict) -> verdict.reason();
            case JobState.Starting _,
                    JobState.Provisioning _,
                    JobState.Preparing _,
                    JobState.Queued _,
                    Running _,
                    JobState.Silent _ ->
                    Optional.empty();
        };
    }

    private void act(JobEffect effect, Instant now) {
        switch (effect) {
            case NOTHING -> {}
            case END_WORKERS, ABORT_WORKERS -> {
                stoppingSince = now;
                parts.endWorkers(effect == JobEffect.ABORT_WORKERS);
            }
            case PUBLISH -> parts.phases.publishingBegan(now);
            case RELEASE_FLEET -> parts.journal.then(this::release);
        }
    }

    private void release() {
        parts.release(state.status() == JobStatus.COMPLETED);
    }

    private void note(String kind, String text, Instant now) {
        parts.journal.keep(new EventNoted(now, kind, text));
        parts.journal.then(() -> listener.noted(kind, text, now));
    }

    /** What a user asked for has a reason of its own. */
    static JobReason canceledBy(String who) {
        return new JobReason(ErrorCode.CANCELED, "canceled by " + who);
    }
}
