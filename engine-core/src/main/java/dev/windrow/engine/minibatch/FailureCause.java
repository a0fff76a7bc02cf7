package dev.windrow.engine.minibatch;

/** Why an attempt ended without a valid return value. */
public enum FailureCause {
    /** {@code run()} raised an exception. */
    EXCEPTION,
    /** {@code run()} returned {@code None} or a value without a length that means something. */
    BAD_RETURN,
    /** The attempt took longer than it may; the worker was killed. */
    TIMEOUT,
    /** The worker died: segmentation fault, out of memory, {@code sys.exit}. */
    WORKER_DIED,
    /** The harness could not hand the mini-batch to the script. */
    LOAD_FAILED,
    /** The agent or its instance was lost; never charged to the user's retries. */
    INFRASTRUCTURE
}
