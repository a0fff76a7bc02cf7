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
    record Decision(List<Need> start, Map<JobKey, String> waits) {}

    Decision decide(Collection<Need> running, Collection<Need> waiting) {
        Scan scan = new Scan(limits, running);
        waiting.forEach(scan::look);
        return new Decision(scan.start, scan.waits);
    }

    /** Which bound a job is over even when nothing else runs. */
    Optional<Never> never(Need need) {
        return user(limits, need, List.of())
                .never(need)
                .or(() -> compute(limits, need, List.of()).never(need));
    }

    private static Holding user(HostLimits limits, Need need, Collection<Need> running) {
        return new Holding(
                "user " + need.user(),
                limits.quotas().ofUser(need.user()),
                running,
                one -> one.key().name());
    }

    private static Holding compute(HostLimits limits, Need need, Collection<Need> running) {
        return new Holding(
                "compute " + need.compute(),
                limits.quotas().ofCompute(need.compute()),
                running,
                Need::user);
    }

    /** One pass over the waiting jobs, in the order they came. */
    private static final class Scan {
        private final HostLimits limits;
        private final List<Need> all;
        private final Map<String, List<Need>> ofUsers = new HashMap<>();
        private final Map<String, List<Need>> onComputes = new HashMap<>();
        private final Map<String, String> stoppedUsers = new HashMap<>();
        private final Map<String, String> fullComputes = new HashMap<>();
        private final List<Need> start = new ArrayList<>();
        private final Map<JobKey, String> waits = new LinkedHashMap<>();

        Scan(HostLimits limits, Collection<Need> running) {
            this.limits = limits;
            this.all = new ArrayList<>();
            running.forEach(this::count);
        }

        private void count(Need need) {
            all.add(need);
            ofUsers.computeIfAbsent(need.user(), _ -> new ArrayList<>()).add(need);
            onComputes.computeIfAbsent(need.compute(), _ -> new ArrayList<>()).add(need);
        }

        void look(Need need) {
            Optional<String> reason =
                    stopped(stoppedUsers, need.user(), need, this::ofUser)
                            .or(() -> stopped(fullComputes, need.compute(), need, this::onCompute))
                            .or(this::full);
            if (reason.isPresent()) {
                waits.put(need.key(), reason.get());
                return;
            }
            start.add(need);
            count(need);
        }

        /** Whether one before is stopped by the same, or this one is. */
        private static Optional<String> stopped(
                Map<String, String> before, String name, Need need, Look look) {
            @Nullable String first = before.get(name);
            if (first != null) {
                return Optional.of(first);
            }
            Optional<String> now = look.at(need);
            now.ifPresent(reason ->
                    before.put(
                            name,
                            "waits behind %s, which %s".formatted(need.key().name(), reason)));
            return now;
        }

        private interface Look {
            Optional<String> at(Need need);
        }

        private Optional<String> ofUser(Need need) {
            List<Need> theirs = ofUsers.getOrDefault(need.user(), List.of());
            return user(limits, need, theirs).inTheWayOf(need);
        }

        private Optional<String> onCompute(Need need) {
            List<Need> there = onComputes.getOrDefault(need.compute(), List.of());
            return compute(limits, need, there).inTheWayOf(need);
        }

        private Optional<String> full() {
            return all.size() < limits.runningJobs()
                    ? Optional.empty()
                    : Optional.of(
                            limits.runningJobs() == 1
                                    ? "waits for the one job to end that may run at a time"
                                    : "waits for one of the %d jobs to end that may run at a time"
                                            .formatted(limits.runningJobs()));
        }
    }
}
