package dev.windrow.worker.core;

/**
 * The way to the worker processes. Calls return without waiting; what becomes of them comes back as
 * {@link WorkerEvent}. Every started worker ends with exactly one {@link WorkerEvent.Exited}.
 */
public interface WorkerPort {

    /**
     * Starts a worker.
     *
     * @param worker its number, never used before by this agent
     * @param slot which of the agent's places it takes, for what is handed out by place (GPUs)
     */
    void start(int worker, int slot);

    /**
     * Sends a mini-batch; the worker runs them in the order they were sent. It may wait for {@link
     * #push}.
     */
    void send(int worker, Work work);

    /** Delivers everything sent since the last call. */
    default void push() {}

    /** Lets the worker run what it was sent, call {@code shutdown()} and end. */
    void shutdown(int worker);

    /**
     * Kills the worker and everything in its process group.
     *
     * @param dumpStack write its Python stacks to its log first
     */
    void kill(int worker, boolean dumpStack);
}
