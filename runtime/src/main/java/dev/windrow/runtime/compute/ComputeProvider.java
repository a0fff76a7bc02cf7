package dev.windrow.runtime.compute;

/** Makes one kind of compute available; found by {@link java.util.ServiceLoader}. */
public interface ComputeProvider {

    /** The kind, such as {@code local}. */
    String kind();

    /**
     * Resolves and checks where a job's inputs and outputs are for this compute's workers. Starts
     * and creates nothing. Blocks on the disk.
     *
     * @throws dev.windrow.spec.InvalidJobException with everything that is wrong
     */
    PreparedJob prepare(JobDraft draft);

    /** Looks at what there is; blocks for as long as an interpreter needs to tell its version. */
    Machine machine();

    /**
     * The items in one chunk of a plan that was made on this kind of compute.
     *
     * @param payload of the chunk, as the ledger holds it
     */
    PlanNames names(byte[] payload);
}
