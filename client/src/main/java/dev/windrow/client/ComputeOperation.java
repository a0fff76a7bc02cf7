package dev.windrow.client;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is done to a compute, and takes its time.
 *
 * @param kind {@code attach} or {@code detach}
 * @param target name of the compute
 * @param state {@code InProgress}, {@code Succeeded} or {@code Failed}
 * @param force whether jobs are canceled, and a cluster that cannot be cleaned is let go
 * @param error why it failed; of a forced detach that succeeded, what was left in the cluster
 */
public record ComputeOperation(
        String id,
        String kind,
        String target,
        String state,
        boolean force,
        Optional<ComputeFault> error,
        Instant startedAt,
        String startedBy,
        Optional<Instant> endedAt) {
    /** Insists on what every operation has. */
    public ComputeOperation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "started_at");
        Objects.requireNonNull(startedBy, "started_by");
    }

    /** Tells whether it has ended, well or not. */
    public boolean ended() {
        return endedAt.isPresent();
    }

    /** Tells whether it has ended well. */
    public boolean succeeded() {
        return state.equals("Succeeded");
    }
}
