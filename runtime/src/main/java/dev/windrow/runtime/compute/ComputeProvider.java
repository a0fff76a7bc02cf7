package dev.windrow.runtime.compute;

/**
 * Runs jobs on one kind of compute. That of this machine is found by {@link
 * java.util.ServiceLoader}, that of clusters by {@link ClusterProvider#runner}. Safe for use by
 * several threads.
 */
public interface ComputeProvider {

    /** The kind, such as {@code local}. */
    String kind();

    /**
     * Resolves and checks where a job's inputs and outputs are for this compute's workers. Starts
     * and creates nothing. May block on the disk.
     *
     * @throws dev.windrow.spec.InvalidJobException with everything that is wrong
     */
    PreparedJob prepare(JobDraft draft);
}
