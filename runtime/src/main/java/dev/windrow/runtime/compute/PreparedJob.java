package dev.windrow.runtime.compute;

import dev.windrow.engine.compute.Compute;
import dev.windrow.model.EffectiveSettings;
import java.util.Map;
import java.util.Optional;

/** A job whose places are known. */
public interface PreparedJob {

    /** What {@code ${{inputs.NAME}}} of a data input stands for. */
    String inputText(String name);

    /** What {@code ${{outputs.NAME}}} stands for. */
    String outputText(String name);

    /**
     * Where each output will be, by name; for an output that collects rows the file itself.
     *
     * @param fileName of the collecting file within a folder
     */
    Map<String, String> outputs(String fileName);

    /**
     * Where the rows of a job that does not complete are kept, as {@link #outputs} tells places;
     * empty when it collects none.
     *
     * @param fileName of the collecting file within a folder
     */
    Optional<String> partialOutput(String fileName);

    /**
     * Checks that nothing is there yet where an output must not replace anything. Blocks on the
     * disk.
     *
     * @param fileName of the collecting file within a folder
     * @throws dev.windrow.spec.InvalidJobException with everything that is in the way
     */
    void checkVacant(String fileName);

    /**
     * Checks, before the job is submitted, that so many instances can work at one time. May block
     * on the network.
     *
     * @throws dev.windrow.spec.InvalidJobException with everything that keeps them from it
     */
    default void checkStaffing(EffectiveSettings.Staffing staffing) {}

    /**
     * The items in one chunk of the job's plan.
     *
     * @param payload of the chunk, as the ledger holds it
     */
    PlanNames names(byte[] payload);

    /**
     * Whole CPUs and GPUs that one of so many instances may count on.
     *
     * @param instances that may have to share a machine
     */
    InstanceSize instanceSize(int instances);

    /** GPUs that a fleet of so many instances holds. */
    default int gpus(int instances) {
        return instanceSize(instances).gpus() * instances;
    }

    /**
     * A compute that runs this job's fleet; its agents connect through the door. Starts nothing
     * before it is asked to scale.
     */
    Compute compute(Launch launch, EngineDoor door);

    /** What one instance offers. */
    record InstanceSize(int cpus, int gpus) {}
}
