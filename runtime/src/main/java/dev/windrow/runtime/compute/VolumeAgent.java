package dev.windrow.runtime.compute;

/**
 * An agent beside a volume, as its server sees it. Calls block on the network; for one thread at a
 * time.
 */
public interface VolumeAgent extends AutoCloseable {

    /**
     * How it is now.
     *
     * @param over whether nothing more is to come of it
     * @param sentence about it, without a full stop; empty when there is nothing to say
     */
    record Look(boolean over, String sentence) {}

    /**
     * Looks.
     *
     * @throws ClusterException when the cluster cannot be asked
     */
    Look look();

    /** Removes it with all that belongs to it; what cannot be reached is removed later. */
    @Override
    void close();
}
