package dev.windrow.engine.schedule;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobEvent;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobState;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.schedule.FleetEvent.AgentAttached;
import dev.windrow.engine.schedule.FleetEvent.AgentDetached;
import dev.windrow.engine.schedule.FleetEvent.AgentHeard;
import dev.windrow.engine.schedule.FleetEvent.AgentNoted;
import dev.windrow.engine.schedule.FleetEvent.AttemptsEnded;
import dev.windrow.engine.schedule.FleetEvent.CancelAsked;
import dev.windrow.engine.schedule.FleetEvent.ChunkReady;
import dev.windrow.engine.schedule.FleetEvent.InstanceBroke;
import dev.windrow.engine.schedule.FleetEvent.LeasesReturned;
import dev.windrow.engine.schedule.FleetEvent.PlanBroke;
import dev.windrow.engine.schedule.FleetEvent.PlanEnded;
import dev.windrow.engine.schedule.FleetEvent.PublishBroke;
import dev.windrow.engine.schedule.FleetEvent.Published;
import dev.windrow.engine.schedule.FleetEvent.RangesWanted;
import dev.windrow.engine.schedule.FleetEvent.WorkWanted;
import dev.windrow.engine.schedule.FleetEvent.WorkerInitFailed;
import dev.windrow.engine.schedule.FleetEvent.WorkerLoadFailed;
import dev.windrow.engine.schedule.FleetEvent.WorkerReady;
import dev.windrow.engine.schedule.FleetEvent.WorkersEnded;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each event means for the desks of a job. */
final class FleetEvents {

    private static final String SAID_FOR_IT = "agent_lost";

    /** Notes by which an agent, or whoever started it, says why it has ended. */
    private static final Set<String> END_NOTES = Set.of("agent_failed", SAID_FOR_IT);

    /** Moves the job's state machine. */
    interface Stepper {
        void step(JobEvent event, Instant now);
    }

    /** Keeps a line for the user. */
    interface Notes {
        void note(String kind, String text, Instant now);
    }

    private final JobParts parts;
    private final Stepper stepper;
    private final Notes notes;

    FleetEvents(JobParts parts, Stepper stepper, Notes notes) {
        this.parts = parts;
        this.stepper = stepper;
        this.notes = notes;
    }

    void handle(FleetEvent event, JobState state, Instant now) {
        switch (event) {
            case AgentAttached attached -> attach(attached, state, now);
            case AgentDetached(int agent) -> seat(agent).ifPresent(seat -> seat.detached = true);
            case AgentHeard(int agent, Held held) -> heard(agent, held, now);
            case WorkWanted(int agent, int capacity) ->
                    seat(agent, now)
                            .ifPresent(seat -> {
                                seat.capacity = capacity;
                                readyWhenItWants(seat, now);
                            });
            case AttemptsEnded(int agent, List<AttemptReport> reports) ->
                    seat(agent, now).ifPresent(seat -> results(seat, reports, state, now));
            case LeasesReturned(int agent, List<Held.Span> spans) ->
                    seat(agent, now)
                            .ifPresent(s -> spans.forEach(x -> parts.agentDesk.giveBack(s, x)));
            case ChunkReady ready -> chunk(ready, now);
            case PlanEnded(int agent, var token, int chunks) -> {
                if (seat(agent, now).isPresent() && parts.planDesk.end(token, chunks)) {
                    parts.phases.planCompleted(now);
                    parts.progressGuard.planned(now);
                }
            }
            case PlanBroke broke -> planBroke(broke, now);
            case WorkerReady(int agent, int _) ->
                    seat(agent, now).ifPresent(seat -> ready(seat, now));
            case WorkerLoadFailed(int agent, int _, ErrorText error) ->
                    loadFailed(agent, error, now);
            case WorkerInitFailed(int agent, int worker, ErrorText error) ->
                    initFailed(agent, worker, error, now);
            case AgentNoted noted -> noted(noted, now);
            case InstanceBroke(int agent, ErrorCode code, String message) ->
                    breaks(agent, new JobReason(code, message), state, now);
            case WorkersEnded(int agent) ->
                    seat(agent, now)
                            .filter(_ -> state instanceof Stopping)
                            .ifPresent(seat -> seat.workersEnded = true);
            case RangesWanted(int agent, var token, int from) ->
                    seat(agent, now)
                            .ifPresent(seat -> parts.publishDesk.page(token, from, seat.port));
            case Published(int agent, var token, String mark) -> {
                if (seat(agent, now).isPresent() && parts.publishDesk.isCurrent(token)) {
                    keepMark(mark, now);
                    stepper.step(new JobEvent.OutputPublished(), now);
                }
            }
            case PublishBroke(int agent, var token, ErrorCode code, String message) -> {
                if (seat(agent, now).isPresent() && parts.publishDesk.isCurrent(token)) {
                    stepper.step(new JobEvent.Broke(new JobReason(code, message)), now);
                }
            }
            case CancelAsked(String who) ->
                    stepper.step(new JobEvent.CancelRequested(JobLoop.canceledBy(who)), now);
        }
    }

    /** In one group with the end that follows from it. */
    private void keepMark(String mark, Instant now) {
        if (!mark.isEmpty()) {
            parts.journal.keep(new EventNoted(now, EventNoted.ROWS_MARK, mark));
        }
    }

    private Optional<AgentSeat> seat(int agent) {
        return parts.roster.find(agent);
    }

    private Optional<AgentSeat> seat(int agent, Instant now) {
        Optional<AgentSeat> seat = seat(agent);
        seat.ifPresent(one -> {
            if (one.silent) {
                stepper.step(new JobEvent.AgentHeard(), now);
            }
            parts.roster.heard(one, now);
        });
        return seat;
    }

    private void attach(AgentAttached event, JobState state, Instant now) {
        if (parts.roster.isGone(event.agent())) {
            AgentPort port = event.port();
            parts.journal.then(() -> port.bye(false));
            return;
        }
        if (parts.roster.isEmpty()) {
            parts.progressGuard.waitedForAgents(now);
        }
        if (parts.roster.find(event.agent()).isEmpty()) {
            parts.fleet.came(event.agent());
        }
        AgentSeat seat = parts.roster.attach(event.agent(), event.port(), now);
        parts.agentDesk.attach(seat, event.held());
        parts.planDesk.lost(event.agent());
        parts.publishDesk.lost(event.agent());
        parts.startGuard.agentAttached(now);
        readyWhenItWants(seat, now);
        if (state instanceof Stopping || state instanceof Publishing) {
            seat.workersEnded = event.held().capacity() == 0;
            if (state instanceof Publishing) {
                // It was asked for when there still was work, and may be starting workers.
                AgentPort port = seat.port;
                parts.journal.then(() -> port.endWorkers(true));
            }
            return;
        }
        // Whatever its compute still says, what an agent needs is there.
        stepper.step(new JobEvent.FleetSeen(FleetStage.QUEUED), now);
        stepper.step(new JobEvent.AgentHeard(), now);
        parts.planDesk.offer(seat, now);
        if (!parts.planDesk.complete()) {
            parts.progressGuard.planningBegan(now);
            parts.phases.planningBegan(now);
        }
    }

    private void heard(int agent, Held held, Instant now) {
        seat(agent, now)
                .ifPresent(seat -> {
                    parts.agentDesk.heard(seat, held);
                    readyWhenItWants(seat, now);
                    parts.planDesk.heard(agent, held, now);
                    parts.publishDesk.heard(agent, held, now);
                });
    }

    private void results(AgentSeat seat, List<AttemptReport> reports, JobState state, Instant now) {
        List<AgentPort.Settled> settled = new ArrayList<>(reports.size());
        boolean counts = !(state instanceof Publishing);
        for (AttemptReport report : reports) {
            if (counts && parts.resultDesk.take(report)) {
                parts.progressGuard.progressed(now);
                parts.fleet.progressed();
            }
            if (parts.leaseDesk.knows(report.index())
                    && !parts.leaseDesk.isLeasedTo(report.index(), seat.number)) {
                seat.letGo(report.index());
            }
            settled.add(new AgentPort.Settled(report.index(), report.facts().token()));
        }
        AgentPort port = seat.port;
        parts.journal.then(() -> port.settled(settled));
    }

    private void chunk(ChunkReady ready, Instant now) {
        seat(ready.agent(), now)
                .ifPresent(seat -> {
                    Optional<JobReason> tooLarge =
                            parts.planDesk.tooLarge(ready.token(), ready.chunk());
                    if (tooLarge.isPresent()) {
                        stepper.step(new JobEvent.Broke(tooLarge.get()), now);
                    } else if (parts.planDesk.accept(ready.token(), ready.chunk(), seat.port)) {
                        parts.progressGuard.planned(now);
                    }
                });
    }

    private void planBroke(PlanBroke broke, Instant now) {
        if (seat(broke.agent(), now).isPresent() && parts.planDesk.isCurrent(broke.token())) {
            stepper.step(new JobEvent.Broke(new JobReason(broke.code(), broke.message())), now);
        }
    }

    /**
     * An agent that wants work has a worker that is ready, also when nobody heard it get ready:
     * that was said to an engine before this one, or was lost.
     */
    private void readyWhenItWants(AgentSeat seat, Instant now) {
        if (seat.capacity > 0 && !seat.ready) {
            ready(seat, now);
        }
    }

    private void ready(AgentSeat seat, Instant now) {
        seat.ready = true;
        parts.startGuard.ready(now);
        parts.progressGuard.workBegan(now);
    }

    private void loadFailed(int agent, ErrorText error, Instant now) {
        if (seat(agent, now).isPresent()) {
            parts.startGuard
                    .loadFailed(error, now)
                    .ifPresent(why -> stepper.step(new JobEvent.Broke(why), now));
        }
    }

    private void initFailed(int agent, int worker, ErrorText error, Instant now) {
        if (seat(agent, now).isPresent()) {
            parts.startGuard.initFailed(error, now);
            notes.note(
                    "init_failed",
                    "init() failed on process%03d of instance %d: %s"
                            .formatted(worker, agent, error.oneLine()),
                    now);
        }
    }

    private void noted(AgentNoted noted, Instant now) {
        // Also of one that is lost already: it says why.
        if (END_NOTES.contains(noted.kind())) {
            parts.fleet.ends(noted.agent(), noted.text());
        }
        if (noted.kind().equals(SAID_FOR_IT)
                ? isKnown(noted.agent())
                : seat(noted.agent(), now).isPresent()) {
            notes.note(noted.kind(), noted.text(), now);
        }
    }

    /** What is said for an agent is no sign of its life, and may come after its loss was seen. */
    private boolean isKnown(int agent) {
        return seat(agent).isPresent() || parts.roster.isGone(agent);
    }

    /** An instance that cannot work does not matter any more when there is no work. */
    private void breaks(int agent, JobReason why, JobState state, Instant now) {
        parts.fleet.ends(agent, why.message());
        boolean over = state instanceof Stopping || state instanceof Publishing;
        if (seat(agent, now).isPresent() && !over) {
            stepper.step(new JobEvent.Broke(why), now);
        }
    }
}
