package dev.windrow.runtime.compute;

import dev.windrow.engine.compute.Compute;
import java.util.Map;

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

    /** Whole CPUs and GPUs of one instance. */
    InstanceSize instanceSize();

    /**
     * A compute that runs this job's fleet; its agents connect through the door. Starts nothing
     * before it is asked to scale.
     */
    Compute compute(Launch launch, EngineDoor door);

    /** What one instance offers. */
    record InstanceSize(int cpus, int gpus) {}
}
