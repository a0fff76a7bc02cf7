package dev.windrow.engine.minibatch;

/**
 * What one event did to a mini-batch.
 *
 * @param state the state from now on
 * @param outcome what the loop has to do about it
 */
public record MiniBatchStep(MiniBatchState state, Outcome outcome) {

    /** What became of the event. */
    public enum Outcome {
        /** Late, doubled or from a zombie: nothing changes. */
        IGNORED,
        /** Held by an agent from now on. */
        HELD,
        /** Free again, nothing charged. */
        FREED,
        /** Free again, one failed attempt charged to the user's retries. */
        RETRIED,
        /** Free again, one loss charged to the infrastructure. */
        LOST,
        /** Ended well. */
        SUCCEEDED,
        /** Ended: the last attempt failed. */
        FAILED,
        /** Ended: lost too often. */
        LOST_TOO_OFTEN
    }
}
