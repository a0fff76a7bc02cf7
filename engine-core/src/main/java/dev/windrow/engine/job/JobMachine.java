package dev.windrow.engine.job;

import dev.windrow.engine.job.JobEvent.AgentHeard;
import dev.windrow.engine.job.JobEvent.AgentsFellSilent;
import dev.windrow.engine.job.JobEvent.AllEnded;
import dev.windrow.engine.job.JobEvent.Broke;
import dev.windrow.engine.job.JobEvent.CancelRequested;
import dev.windrow.engine.job.JobEvent.FleetSeen;
import dev.windrow.engine.job.JobEvent.OutputPublished;
import dev.windrow.engine.job.JobEvent.WorkBegun;
import dev.windrow.engine.job.JobEvent.WorkersEnded;
import dev.windrow.engine.job.JobState.Ended;
import dev.windrow.engine.job.JobState.Preparing;
import dev.windrow.engine.job.JobState.Provisioning;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Queued;
import dev.windrow.engine.job.JobState.Running;
import dev.windrow.engine.job.JobState.Silent;
import dev.windrow.engine.job.JobState.Starting;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.job.JobVerdict.Cancel;
import dev.windrow.engine.job.JobVerdict.Failure;
import dev.windrow.engine.job.JobVerdict.Success;

/**
 * Walks a job through its statuses. Pure. States may be skipped and never go back, {@link Silent}
 * apart; an event that does not fit changes nothing, so that a repeated one is harmless.
 */
public final class JobMachine {

    private JobMachine() {}

    /**
     * @param state the state from now on
     * @param effect what to do once it is durable
     */
    public record Step(JobState state, JobEffect effect) {}

    /** The step that an event makes. */
    public static Step on(JobState state, JobEvent event) {
        return switch (state) {
            case Starting _, Provisioning _, Preparing _, Queued _, Running _, Silent _ ->
                    onActive(state, event);
            case Stopping(JobVerdict verdict) -> onStopping(state, verdict, event);
            case Publishing(JobVerdict verdict) -> onPublishing(state, verdict, event);
            case Ended _ -> stay(state);
        };
    }

    private static Step onActive(JobState state, JobEvent event) {
        return switch (event) {
            case FleetSeen(FleetStage stage) -> onFleet(state, stage);
            case WorkBegun _, AgentHeard _ ->
                    state instanceof Running ? stay(state) : awake(state, event);
            case AgentsFellSilent _ ->
                    state instanceof Running ? to(new Silent(), JobEffect.NOTHING) : stay(state);
            case AllEnded _ -> to(new Stopping(new Success()), JobEffect.END_WORKERS);
            case Broke(JobReason reason) ->
                    to(new Stopping(new Failure(reason)), JobEffect.ABORT_WORKERS);
            case CancelRequested(JobReason reason) ->
                    to(new Stopping(new Cancel(reason)), JobEffect.ABORT_WORKERS);
            case WorkersEnded _, OutputPublished _ -> stay(state);
        };
    }

    /** Its statuses are declared in the order in which a job takes them. */
    private static Step onFleet(JobState state, FleetStage stage) {
        JobState next =
                switch (stage) {
                    case PROVISIONING -> new Provisioning();
                    case PREPARING -> new Preparing();
                    case QUEUED -> new Queued();
                };
        boolean onward = next.status().compareTo(state.status()) > 0;
        return onward ? to(next, JobEffect.NOTHING) : stay(state);
    }

    private static Step awake(JobState state, JobEvent event) {
        boolean began = event instanceof WorkBegun && !(state instanceof Silent);
        boolean heard = event instanceof AgentHeard && state instanceof Silent;
        return began || heard ? to(new Running(), JobEffect.NOTHING) : stay(state);
    }

    /**
     * Once everything has ended a cancel comes too late. An engine that died meanwhile would stop
     * anew, and cannot know that the output is published already.
     */
    private static Step onStopping(JobState state, JobVerdict verdict, JobEvent event) {
        return switch (event) {
            case WorkersEnded _ -> to(new Publishing(verdict), JobEffect.PUBLISH);
            case Broke(JobReason reason) ->
                    verdict instanceof Success
                            ? to(new Stopping(new Failure(reason)), JobEffect.ABORT_WORKERS)
                            : stay(state);
            case FleetSeen _,
                    WorkBegun _,
                    AgentsFellSilent _,
                    AgentHeard _,
                    AllEnded _,
                    CancelRequested _,
                    OutputPublished _ ->
                    stay(state);
        };
    }

    /** Only a failure to publish changes the verdict. */
    private static Step onPublishing(JobState state, JobVerdict verdict, JobEvent event) {
        return switch (event) {
            case OutputPublished _ -> to(new Ended(verdict), JobEffect.RELEASE_FLEET);
            case Broke(JobReason reason) ->
                    to(
                            new Ended(verdict instanceof Success ? new Failure(reason) : verdict),
                            JobEffect.RELEASE_FLEET);
            case FleetSeen _,
                    WorkBegun _,
                    AgentsFellSilent _,
                    AgentHeard _,
                    AllEnded _,
                    CancelRequested _,
                    WorkersEnded _ ->
                    stay(state);
        };
    }

    private static Step to(JobState state, JobEffect effect) {
        return new Step(state, effect);
    }

    private static Step stay(JobState state) {
        return new Step(state, JobEffect.NOTHING);
    }
}
