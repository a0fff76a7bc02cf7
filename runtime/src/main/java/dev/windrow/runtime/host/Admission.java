package dev.windrow.runtime.host;

import dev.windrow.runtime.host.Holding.Never;
import dev.windrow.store.register.JobKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting jobs may run, and says of the others what they wait for. A user's jobs run
 * in the order they came, and so do those on a compute that is full; whom nothing of that concerns
 * goes ahead. Holds nothing.
 */
record Admission(HostLimits limits) {

    /**
     * What is to happen.
     *
     * @param start in this order
     * @param waits why each of the others waits
     */
    record Decision(List<Claim> start, Map<JobKey, String> waits) {}

    Decision decide(Collection<Claim> running, Collection<Claim> waiting) {
        Scan scan = new Scan(limits, running);
        waiting.forEach(scan::look);
        return new Decision(scan.start, scan.waits);
    }

    /** Which bound a job is over even when nothing else runs. */
    Optional<Never> never(Claim claim) {
        return user(limits, claim, List.of())
                .never(claim)
                .or(() -> compute(limits, claim, List.of()).never(claim));
    }

    private static Holding user(HostLimits limits, Claim claim, Collection<Claim> running) {
        return new Holding(
                "user " + claim.user(),
                limits.quotas().ofUser(claim.user()),
                running,
                one -> one.key().name());
    }

    private static Holding compute(HostLimits limits, Claim claim, Collection<Claim> running) {
        return new Holding(
                "compute " + claim.compute(),
                limits.quotas().ofCompute(claim.compute()),
                running,
                Claim::user);
    }

    /** One pass over the waiting jobs, in the order they came. */
    private static final class Scan {
        private final HostLimits limits;
        private final List<Claim> all;
        private final Map<String, List<Claim>> ofUsers = new HashMap<>();
        private final Map<String, List<Claim>> onComputes = new HashMap<>();
        private final Map<String, String> stoppedUsers = new HashMap<>();
        private final Map<String, String> fullComputes = new HashMap<>();
        private final List<Claim> start = new ArrayList<>();
        private final Map<JobKey, String> waits = new LinkedHashMap<>();

        Scan(HostLimits limits, Collection<Claim> running) {
            this.limits = limits;
            this.all = new ArrayList<>();
            running.forEach(this::count);
        }

        private void count(Claim claim) {
            all.add(claim);
            ofUsers.computeIfAbsent(claim.user(), _ -> new ArrayList<>()).add(claim);
            onComputes.computeIfAbsent(claim.compute(), _ -> new ArrayList<>()).add(claim);
        }

        void look(Claim claim) {
            Optional<String> reason =
                    stopped(stoppedUsers, claim.user(), claim, this::ofUser)
                            .or(() ->
                                    stopped(fullComputes, claim.compute(), claim, this::onCompute))
                            .or(this::full);
            if (reason.isPresent()) {
                waits.put(claim.key(), reason.get());
                return;
            }
            start.add(claim);
            count(claim);
        }

        /** Whether one before is stopped by the same, or this one is. */
        private static Optional<String> stopped(
                Map<String, String> before, String name, Claim claim, Look look) {
            @Nullable String first = before.get(name);
            if (first != null) {
                return Optional.of(first);
            }
            Optional<String> now = look.at(claim);
            now.ifPresent(reason ->
                    before.put(
                            name,
                            "waits behind %s, which %s".formatted(claim.key().name(), reason)));
            return now;
        }

        private interface Look {
            Optional<String> at(Claim claim);
        }

        private Optional<String> ofUser(Claim claim) {
            List<Claim> theirs = ofUsers.getOrDefault(claim.user(), List.of());
            return user(limits, claim, theirs).inTheWayOf(claim);
        }

        private Optional<String> onCompute(Claim claim) {
            List<Claim> there = onComputes.getOrDefault(claim.compute(), List.of());
            return compute(limits, claim, there).inTheWayOf(claim);
        }

        private Optional<String> full() {
            return all.size() < limits.runningJobs()
                    ? Optional.empty()
                    : Optional.of(
                            "waits for one of the %d jobs to end that may run at a time"
                                    .formatted(limits.runningJobs()));
        }
    }
}
