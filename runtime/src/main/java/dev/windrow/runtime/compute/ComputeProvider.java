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

    /**
     * Makes a payload of some mini-batches of such a chunk, for another plan.
     *
     * @param first index of the first one in its new plan
     * @param places in the chunk, from 0 and rising, at least one
     */
    byte[] pick(byte[] payload, int first, int[] places);
}
