package dev.windrow.engine.minibatch;

/** What can happen to a mini-batch. */
public sealed interface MiniBatchEvent {

    LeaseToken token();

    /** It was given to an agent. */
    record LeaseGranted(LeaseToken token, int agent) implements MiniBatchEvent {}

    /** An agent that was there before a restart of the engine says that it still holds it. */
    record LeaseAdopted(LeaseToken token, int agent) implements MiniBatchEvent {}

    /** The holder gives it back; no worker has begun it. */
    record LeaseReturned(LeaseToken token) implements MiniBatchEvent {}

    /** The holder is gone; whether a worker had begun it is not known. */
    record LeaseLost(LeaseToken token) implements MiniBatchEvent {}

    /** An attempt ended with a valid return value. */
    record AttemptSucceeded(LeaseToken token) implements MiniBatchEvent {}

    /** An attempt ended without one. */
    record AttemptFailed(LeaseToken token) implements MiniBatchEvent {}

    /** Nobody holds it under an earlier epoch. */
    record SuspensionEnded(LeaseToken token) implements MiniBatchEvent {

        public SuspensionEnded() {
            this(LeaseToken.NONE);
        }
    }
}
