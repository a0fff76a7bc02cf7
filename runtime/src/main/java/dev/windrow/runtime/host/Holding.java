package dev.windrow.runtime.host;

import dev.windrow.model.Counted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What running jobs of one user, or on one compute, hold together, and how much that may be.
 *
 * @param whose in words, such as {@code user ada}
 * @param named what to call a holder by: a job for a user, a user for a compute
 */
record Holding(String whose, Quota quota, Collection<Need> running, Function<Need, String> named) {

    private static final int NAMED_MOST = 5;

    /** One kind of thing that is bounded. */
    private record Kind(
            String one,
            String name,
            Function<Quota, OptionalInt> bound,
            ToIntFunction<Need> amount) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("job", "jobs", Quota::jobs, _ -> 1),
                    new Kind(
                            "instance",
                            "instances",
                            Quota::instances,
                            need -> need.demand().instances()),
                    new Kind("GPU", "GPUs", Quota::gpus, need -> need.demand().gpus()));

    /** Why a job cannot run beside these now; empty when it can. */
    Optional<String> inTheWayOf(Need need) {
        for (Kind kind : KINDS) {
            OptionalInt bound = kind.bound().apply(quota);
            int needed = kind.amount().applyAsInt(need);
            int held = running.stream().mapToInt(kind.amount()).sum();
            if (bound.isPresent() && needed > 0 && held + needed > bound.getAsInt()) {
                return Optional.of(
                        "waits for the limit of %s: %s at one time, %d in use by %s; it needs %d"
                                .formatted(
                                        whose,
                                        Counted.of(bound.getAsInt(), kind.one(), kind.name()),
                                        held,
                                        holders(kind),
                                        needed));
            }
        }
        return Optional.empty();
    }

    private String holders(Kind kind) {
        Map<String, Integer> holders = new LinkedHashMap<>();
        for (Need one : running) {
            if (kind.amount().applyAsInt(one) > 0) {
                holders.merge(named.apply(one), kind.amount().applyAsInt(one), Integer::sum);
            }
        }
        String first =
                holders.entrySet().stream()
                        .limit(NAMED_MOST)
                        .map(holder -> "%s (%d)".formatted(holder.getKey(), holder.getValue()))
                        .collect(Collectors.joining(", "));
        int more = holders.size() - NAMED_MOST;
        return more > 0 ? first + " and %d more".formatted(more) : first;
    }

    /** Which bound a job is over even alone; empty when it fits. */
    Optional<Never> never(Need need) {
        for (Kind kind : KINDS) {
            OptionalInt bound = kind.bound().apply(quota);
            int needed = kind.amount().applyAsInt(need);
            if (bound.isPresent() && needed > bound.getAsInt()) {
                return Optional.of(
                        new Never(
                                kind.name(),
                                needed,
                                "at most %d, the limit of %s".formatted(bound.getAsInt(), whose)));
            }
        }
        return Optional.empty();
    }

    /** A job that no waiting helps. */
    record Never(String kind, int needed, String rule) {}
}
