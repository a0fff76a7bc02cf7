package dev.windrow.spec;

import dev.windrow.model.Range;
import java.util.OptionalInt;

/**
 * What has to be known about the machine, or each of the machines, a job will run on.
 *
 * @param cpus whole CPUs the job may use
 * @param gpus GPUs the job may use
 * @param instances number of instances asked for on the command line
 * @param elastic whether there are as many such machines as a job asks for; else there is one
 */
public record MachineFacts(int cpus, int gpus, OptionalInt instances, boolean elastic) {
    /** Checks the counts. */
    public MachineFacts {
        Range.atLeast(0).check("cpus", cpus);
        Range.atLeast(0).check("gpus", gpus);
        instances.ifPresent(count -> Range.atLeast(1).check("--instances", count));
    }

    /** Gives the workers an instance has unless the job says otherwise: 1 with GPUs, else CPUs. */
    int defaultWorkers() {
        return gpus > 0 ? 1 : Math.max(1, cpus);
    }
}
