package dev.windrow.store.register;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is done to a compute, and takes its time.
 *
 * @param target name of the compute
 * @param force whether jobs on it are canceled, and a cluster that cannot be cleaned is let go
 * @param error why it failed; of a detach by force that succeeded, what was left in the cluster
 */
public record ComputeOperation(
        String workspace,
        String id,
        Kind kind,
        String target,
        boolean force,
        State state,
        Optional<Fault> error,
        Instant startedAt,
        String startedBy,
        Optional<Instant> endedAt) {

    /** What is done. */
    public enum Kind {
        ATTACH,
        DETACH;

        /** As users see it. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How far it is, in Azure's words. */
    public enum State {
        IN_PROGRESS("InProgress"),
        SUCCEEDED("Succeeded"),
        FAILED("Failed");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As users see it. */
        public String text() {
            return text;
        }

        static State of(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(text);
        }
    }

    /** One that is just begun. */
    public static ComputeOperation begun(
            ComputeKey target, String id, Kind kind, boolean force, Trace trace) {
        return new ComputeOperation(
                target.workspace(),
                id,
                kind,
                target.name(),
                force,
                State.IN_PROGRESS,
                Optional.empty(),
                trace.modifiedAt(),
                trace.modifiedBy(),
                Optional.empty());
    }

    /** What it is done to. */
    public ComputeKey key() {
        return new ComputeKey(workspace, target);
    }

    /** The same at its end. */
    public ComputeOperation ended(Optional<Fault> why, Instant at) {
        return at(why.isPresent() ? State.FAILED : State.SUCCEEDED, why, at);
    }

    /** The same at a good end, though something was left undone. */
    public ComputeOperation succeeded(Optional<Fault> left, Instant at) {
        return at(State.SUCCEEDED, left, at);
    }

    private ComputeOperation at(State end, Optional<Fault> why, Instant at) {
        return new ComputeOperation(
                workspace,
                id,
                kind,
                target,
                force,
                end,
                why,
                startedAt,
                startedBy,
                Optional.of(at));
    }
}
