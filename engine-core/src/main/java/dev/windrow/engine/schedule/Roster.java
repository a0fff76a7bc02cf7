package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.FleetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The agents of one job, and who is heard. */
final class Roster {

    /** A closed connection may come back within this. */
    static final Duration REATTACH_GRACE = Duration.ofSeconds(5);

    /** Silence on an open connection for longer than this loses the leases. */
    static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /** By then each agent that lives has been heard after a time when none was. */
    static final Duration OTHERS_HEARD = Duration.ofSeconds(20);

    private final Map<Integer, AgentSeat> seats = new LinkedHashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private Instant lastHeard;

    Roster(Instant openedAt) {
        this.lastHeard = openedAt;
    }

    Optional<AgentSeat> find(int number) {
        return Optional.ofNullable(seats.get(number));
    }

    Collection<AgentSeat> all() {
        return seats.values();
    }

    boolean isGone(int number) {
        return gone.contains(number);
    }

    AgentSeat attach(int number, AgentPort port, Instant now) {
        AgentSeat seat = seats.computeIfAbsent(number, n -> new AgentSeat(n, port, now));
        seat.port = port;
        seat.attachedAt = now;
        heard(seat, now);
        seat.detached = false;
        return seat;
    }

    void heard(AgentSeat seat, Instant now) {
        seat.heardAt = now;
        seat.silent = false;
        lastHeard = now;
    }

    /** The agent will never be heard again. */
    Optional<AgentSeat> remove(int number) {
        gone.add(number);
        return Optional.ofNullable(seats.remove(number));
    }

    /** Agents whose grace after a closed connection has passed: they are as good as gone. */
    List<AgentSeat> overdue(Instant now) {
        List<AgentSeat> found = new ArrayList<>();
        for (AgentSeat seat : seats.values()) {
            if (seat.detached && now.isAfter(seat.heardAt.plus(REATTACH_GRACE))) {
                found.add(seat);
            }
        }
        return found;
    }

    /** Agents that have just been silent for too long on an open connection. */
    List<AgentSeat> fallenSilent(Instant now) {
        List<AgentSeat> found = new ArrayList<>();
        for (AgentSeat seat : seats.values()) {
            if (!seat.detached && !seat.silent && now.isAfter(seat.heardAt.plus(SILENCE_MAX))) {
                found.add(seat);
            }
        }
        return found;
    }

    /**
     * Live instances whose agents do not come back, as far as one can tell: they are given up, or
     * were silent for long while another was heard. When none is heard, the fault may be ours.
     */
    Set<Integer> unheard(FleetSnapshot seen) {
        Set<Integer> found = new TreeSet<>(seen.alive());
        found.removeIf(number -> {
            AgentSeat seat = seats.get(number);
            return seat == null ? !gone.contains(number) : !staysSilent(seat);
        });
        return found;
    }

    private boolean staysSilent(AgentSeat seat) {
        return seat.silent && lastHeard.isAfter(seat.silentAt.plus(OTHERS_HEARD));
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** True when no agent, known or lost since, was heard for too long. */
    boolean nobodyHeard(Instant now) {
        return now.isAfter(lastHeard.plus(SILENCE_MAX));
    }

    Optional<AgentSeat> anyReachable() {
        return seats.values().stream().filter(AgentSeat::reachable).findFirst();
    }
}
