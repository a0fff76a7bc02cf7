package dev.windrow.runtime.compute;

import java.util.List;

/**
 * What a compute that is one machine offers to jobs.
 *
 * @param cpus that this process may use
 * @param memoryBytes that this process may use
 * @param health what was looked at
 */
public record Machine(int cpus, long memoryBytes, int gpus, List<HealthFinding> health) {

    public Machine {
        health = List.copyOf(health);
    }
}
