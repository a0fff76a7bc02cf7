package dev.windrow.testing.sim;

/** Where a job stands when a fault strikes. */
public enum Phase {
    /** The plan is not complete; its first mini-batches may be running already. */
    PLAN,
    /** The plan is complete, and not everything has ended. */
    PROCESS,
    /** Workers are being stopped, or output is being published. */
    FINALIZE,
    /** Nothing more will happen. */
    AFTER
}
