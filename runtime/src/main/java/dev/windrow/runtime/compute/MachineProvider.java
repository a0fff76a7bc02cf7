package dev.windrow.runtime.compute;

/** Makes this machine available as a compute. */
public interface MachineProvider extends ComputeProvider {

    /** Looks at what there is; blocks for as long as an interpreter needs to tell its version. */
    Machine machine();

    /**
     * The items in one chunk of a plan.
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
