package dev.windrow.runtime.host;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much somebody may hold at one time; empty for as much as there is.
 *
 * @param jobs that run
 * @param instances of all of them
 * @param gpus of all of them
 */
public record Quota(OptionalInt jobs, OptionalInt instances, OptionalInt gpus) {

    /** No bound at all. */
    public static final Quota NONE =
            new Quota(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** The same, with the other's bounds where this has none. */
    Quota or(Quota other) {
        return new Quota(
                jobs.isPresent() ? jobs : other.jobs,
                instances.isPresent() ? instances : other.instances,
                gpus.isPresent() ? gpus : other.gpus);
    }

    /**
     * The quotas of a server.
     *
     * @param users by name; {@code *} for each user who has none
     * @param computes by name; {@code *} for each that has none
     */
    public record All(Map<String, Quota> users, Map<String, Quota> computes) {

        /** No bound for anybody. */
        public static final All NONE = new All(Map.of(), Map.of());

        private static final String ANY = "*";

        public All {
            users = Map.copyOf(users);
            computes = Map.copyOf(computes);
        }

        Quota ofUser(String name) {
            return of(users, name);
        }

        Quota ofCompute(String name) {
            return of(computes, name);
        }

        private static Quota of(Map<String, Quota> all, String name) {
            Quota usual = Optional.ofNullable(all.get(ANY)).orElse(Quota.NONE);
            return Optional.ofNullable(all.get(name)).orElse(Quota.NONE).or(usual);
        }
    }
}
