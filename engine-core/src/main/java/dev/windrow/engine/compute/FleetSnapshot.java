package dev.windrow.engine.compute;

import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobReason;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The instances of a fleet at one moment, in order of their numbers, so that what is done about
 * them has an order too.
 *
 * @param alive being started, or running
 * @param gone ended or lost, and never coming back
 * @param joined started by somebody else; they are no part of the number that was asked for, and
 *     whether they live shows by what is heard of them
 * @param stage how far it is; whoever reads it must bear that it is late, repeated or goes back
 * @param waits why no agent of it has come yet, in one sentence for the user; empty when that is
 *     not known, or when one should come any moment
 * @param trouble why there can be no fleet however often it is asked for, which ends the job
 */
public record FleetSnapshot(
        Set<Integer> alive,
        Set<Integer> gone,
        Set<Integer> joined,
        FleetStage stage,
        String waits,
        Optional<JobReason> trouble) {

    /** A fleet that may come to be. */
    public FleetSnapshot(
            Set<Integer> alive,
            Set<Integer> gone,
            Set<Integer> joined,
            FleetStage stage,
            String waits) {
        this(alive, gone, joined, stage, waits, Optional.empty());
    }

    /** A fleet that nobody has joined, and of which all is made as soon as it is asked for. */
    public FleetSnapshot(Set<Integer> alive, Set<Integer> gone) {
        this(alive, gone, Set.of());
    }

    /** A fleet of which all is made as soon as it is asked for. */
    public FleetSnapshot(Set<Integer> alive, Set<Integer> gone, Set<Integer> joined) {
        this(alive, gone, joined, FleetStage.QUEUED, "");
    }

    public FleetSnapshot {
        alive = Collections.unmodifiableSet(new TreeSet<>(alive));
        gone = Collections.unmodifiableSet(new TreeSet<>(gone));
        joined = Collections.unmodifiableSet(new TreeSet<>(joined));
    }

    /** Those that may hold leases. */
    public Set<Integer> known() {
        Set<Integer> known = new TreeSet<>(alive);
        known.addAll(joined);
        return known;
    }
}
