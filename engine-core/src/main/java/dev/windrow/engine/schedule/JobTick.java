package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobEvent;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobState;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Starting;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.job.JobVerdict;
import java.time.Instant;
import java.util.Optional;

/** What a job does because time has passed. Everything here may be repeated harmlessly. */
final class JobTick {

    private final JobParts parts;
    private final FleetEvents.Stepper stepper;
    private final FleetEvents.Notes notes;

    JobTick(JobParts parts, FleetEvents.Stepper stepper, FleetEvents.Notes notes) {
        this.parts = parts;
        this.stepper = stepper;
        this.notes = notes;
    }

    void tick(JobState state, Instant now) {
        losses(now);
        parts.agentDesk.endSuspension(now);
        keepFleet(state, now);
        if (state instanceof Stopping || state instanceof Publishing) {
            return;
        }
        parts.roster.all().forEach(seat -> parts.planDesk.offer(seat, now));
        Optional<JobReason> end =
                parts.startGuard
                        .check(now)
                        .or(() -> parts.progressGuard.check(!parts.roster.isEmpty(), now));
        end.ifPresent(why -> stepper.step(new JobEvent.Broke(why), now));
    }

    private void losses(Instant now) {
        FleetSnapshot seen = parts.fleet.observe();
        for (int agent : seen.gone()) {
            if (!parts.roster.isGone(agent)) {
                lose(agent, "instance %d is gone".formatted(agent), seen, now);
            }
        }
        for (AgentSeat seat : parts.roster.overdue(now)) {
            String why = "instance %d closed its connection".formatted(seat.number);
            lose(seat.number, why, seen, now);
        }
        for (AgentSeat seat : parts.roster.fallenSilent(now)) {
            seat.silent = true;
            parts.resultDesk.lose(seat, "instance %d fell silent".formatted(seat.number));
            parts.planDesk.lost(seat.number);
            parts.publishDesk.lost(seat.number);
        }
        if (parts.roster.nobodyHeard(now)) {
            stepper.step(new JobEvent.AgentsFellSilent(), now);
        }
    }

    private void lose(int agent, String why, FleetSnapshot seen, Instant now) {
        parts.agentDesk.gone(agent);
        parts.planDesk.lost(agent);
        parts.publishDesk.lost(agent);
        parts.roster.remove(agent).ifPresent(seat -> parts.resultDesk.lose(seat, why));
        if (!seen.joined().contains(agent)) {
            // Whoever joins may leave, and that says nothing about the fleet that was asked for.
            parts.fleet.lost(agent, why, now);
        }
        notes.note("instance_lost", why, now);
    }

    private void keepFleet(JobState state, Instant now) {
        boolean needsNone =
                switch (state) {
                    case Stopping(JobVerdict verdict) -> verdict.reason().isPresent();
                    case Publishing(JobVerdict verdict) -> verdict.reason().isPresent();
                    case JobState.Starting _,
                            JobState.Queued _,
                            JobState.Running _,
                            JobState.Silent _,
                            JobState.Ended _ ->
                            false;
                };
        if (needsNone) {
            return;
        }
        if (parts.fleet.givesUp()) {
            stepper.step(
                    new JobEvent.Broke(
                            new JobReason(
                                    ErrorCode.FLEET_LOST,
                                    "fleet: %d instances lost in a row (expected: one that stays); the last: %s"
                                            .formatted(
                                                    parts.fleet.lossesInARow(),
                                                    parts.fleet.lastCause()))),
                    now);
            return;
        }
        boolean work = !(state instanceof Stopping || state instanceof Publishing);
        parts.journal.then(() -> parts.fleet.keep(parts.fleet.observe(), work, now));
        if (state instanceof Starting) {
            stepper.step(new JobEvent.FleetRequested(), now);
        }
    }
}
