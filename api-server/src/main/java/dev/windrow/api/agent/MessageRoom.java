package dev.windrow.api.agent;

/**
 * How many bytes of agents' messages may be in memory at one time, those that are still arriving
 * included; whoever comes when it is full is told to come again. For all agents of a server.
 */
final class MessageRoom {

    /** Several of the longest messages, and far more than agents that say short ones ever need. */
    static final int BYTES_MAX = 128 << 20;

    private final long most;
    private long taken;

    MessageRoom(long most) {
        this.most = most;
    }

    /** False, and nothing is taken, when there is no room for so many. */
    synchronized boolean take(long bytes) {
        if (bytes > most - taken) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Gives back what was taken. */
    synchronized void give(long bytes) {
        taken -= bytes;
    }

    synchronized long taken() {
        return taken;
    }
}
