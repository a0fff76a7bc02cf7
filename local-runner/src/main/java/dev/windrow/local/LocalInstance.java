package dev.windrow.local;

import dev.windrow.worker.process.ExitStatus;

/** One instance of a fleet on this machine. Safe for use by several threads. */
interface LocalInstance {

    /** True when its agent is gone, and everything it said has been passed on. */
    boolean hasEnded();

    /** Asks the agent to end, with all its workers; returns at once, and may be repeated. */
    void end();

    /** Blocks until it has ended, and sees to it that it does so soon. */
    void awaitEnd();

    /** Says how the process of an agent ended that nobody had asked to. */
    static String end(int number, long pid, ExitStatus status) {
        return "agent of instance %d (pid %d) %s".formatted(number, pid, status.text());
    }
}
