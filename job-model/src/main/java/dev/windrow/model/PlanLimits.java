package dev.windrow.model;

/** How large a plan may be. */
public final class PlanLimits {

    /**
     * Mini-batches of one job. An index is an int, but the engine also remembers a few dozen bytes
     * of each mini-batch for as long as the job runs, and that is what many more would not fit in.
     */
    public static final int MINI_BATCHES_MAX = 100_000_000;

    /** Bytes of a chunk's payload: the names, compressed, of a thousand mini-batches or of one. */
    public static final int PAYLOAD_MAX = 16 << 20;

    private PlanLimits() {}
}
