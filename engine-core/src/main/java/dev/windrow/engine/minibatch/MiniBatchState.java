package dev.windrow.engine.minibatch;

/** Where a mini-batch stands. Each state carries only what is true in it. */
public sealed interface MiniBatchState {

    Tries tries();

    /** Free to be leased. */
    record Pending(Tries tries) implements MiniBatchState {}

    /** Perhaps still held under a lease of an earlier epoch; not leased before that is known. */
    record Suspended(Tries tries) implements MiniBatchState {}

    /**
     * Held by one agent.
     *
     * @param agent number of the instance that holds it
     */
    record Leased(Tries tries, LeaseToken token, int agent) implements MiniBatchState {}

    /** Ended: its result counts. */
    record Succeeded(Tries tries) implements MiniBatchState {}

    /** Ended: no attempt is left. */
    record Failed(Tries tries) implements MiniBatchState {}

    /** True when nothing can change this any more. */
    default boolean ended() {
        return this instanceof Succeeded || this instanceof Failed;
    }
}
