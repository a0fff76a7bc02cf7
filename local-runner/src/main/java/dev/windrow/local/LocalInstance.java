package dev.windrow.local;

/** One instance of a fleet on this machine. Safe for use by several threads. */
interface LocalInstance {

    /** True when its agent is gone, and everything it said has been passed on. */
    boolean hasEnded();

    /** Asks the agent to end, with all its workers; returns at once, and may be repeated. */
    void end();

    /** Blocks until it has ended, and sees to it that it does so soon. */
    void awaitEnd();
}
