package dev.windrow.engine.error;

/** Whose fault something is. Retry policy and exit codes read this, never a message. */
public enum Fault {
    /** The job, its script or its data. */
    USER,
    /** The machine, the disk, the cluster. */
    PLATFORM,
    /** Ours. */
    ENGINE
}
