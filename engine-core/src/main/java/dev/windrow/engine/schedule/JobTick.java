package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobEvent;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobState;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.job.JobVerdict;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntConsumer;

/** What a job does because time has passed. Everything here may be repeated harmlessly. */
final class JobTick {

    private final JobParts parts;
    private final FleetEvents.Stepper stepper;
    private final FleetEvents.Notes notes;
    private final IntConsumer losses;

    /**
     * @param losses hears of each agent that is lost
     */
    JobTick(
            JobParts parts,
            FleetEvents.Stepper stepper,
            FleetEvents.Notes notes,
            IntConsumer losses) {
        this.parts = parts;
        this.stepper = stepper;
        this.notes = notes;
        this.losses = losses;
    }

    void tick(JobState state, Instant now) {
        FleetSnapshot seen = parts.observe();
        losses(seen, now);
        parts.agentDesk.endSuspension(now);
        fleet(state, seen, now);
        if (state instanceof Stopping || state instanceof Publishing) {
            return;
        }
        parts.roster.all().forEach(seat -> parts.planDesk.offer(seat, now));
        Optional<JobReason> end =
                seen.trouble()
                        .or(() -> parts.startGuard.check(now))
                        .or(() ->
                                parts.progressGuard.check(
                                        !parts.roster.isEmpty(), parts.wait.sentence(), now));
        end.ifPresent(why -> stepper.step(new JobEvent.Broke(why), now));
    }

    private void losses(FleetSnapshot seen, Instant now) {
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
            seat.silentAt = now;
            String why = "instance %d fell silent".formatted(seat.number);
            parts.resultDesk.lose(seat, why);
            parts.planDesk.lost(seat.number);
            parts.publishDesk.lost(seat.number);
            notes.note("instance_silent", why + "; its work is given to others", now);
        }
        if (parts.roster.nobodyHeard(now)) {
            stepper.step(new JobEvent.AgentsFellSilent(), now);
        }
    }

    private void lose(int agent, String why, FleetSnapshot seen, Instant now) {
        parts.agentDesk.gone(agent);
        parts.planDesk.lost(agent);
        parts.publishDesk.lost(agent);
        Optional<AgentSeat> seat = parts.roster.remove(agent);
        seat.ifPresent(one -> parts.resultDesk.lose(one, why));
        if (!seen.joined().contains(agent)) {
            // Whoever joins may leave, and that says nothing about the fleet that was asked for.
            parts.fleet.lost(agent, why, seat.isPresent(), now);
        }
        notes.note("instance_lost", why, now);
        losses.accept(agent);
    }

    private void fleet(JobState state, FleetSnapshot seen, Instant now) {
        boolean needed = needsFleet(state);
        parts.wait.seen(needed && parts.roster.isEmpty() ? seen.waits() : "");
        if (needed) {
            parts.wait.due(now).ifPresent(why -> notes.note("fleet_waits", why, now));
            keepFleet(state, now);
            stepper.step(new JobEvent.FleetSeen(seen.stage()), now);
        }
    }

    /** A job that is ending for a reason goes on with the instances it has. */
    private static boolean needsFleet(JobState state) {
        return switch (state) {
            case Stopping(JobVerdict verdict) -> verdict.reason().isEmpty();
            case Publishing(JobVerdict verdict) -> verdict.reason().isEmpty();
            case JobState.Starting _,
                    JobState.Provisioning _,
                    JobState.Preparing _,
                    JobState.Queued _,
                    JobState.Running _,
                    JobState.Silent _,
                    JobState.Ended _ ->
                    true;
        };
    }

    private void keepFleet(JobState state, Instant now) {
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
        parts.journal.then(() -> {
            FleetSnapshot seen = parts.fleet.observe();
            parts.fleet.unheard(parts.roster.unheard(seen));
            parts.fleet.keep(seen, work, now);
        });
    }
}
