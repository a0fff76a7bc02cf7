package dev.windrow.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a compute is.
 *
 * @param error why it is Failed
 * @param health what was looked at; of a cluster as of its last operation
 * @param jobsRunning how many jobs run on it
 * @param jobsWaiting how many wait for it
 * @param running names of the first that run
 * @param machine what it offers, when it is the server's own machine
 */
public record ComputeStatus(
        String name,
        ProvisioningState provisioningState,
        Optional<ComputeFault> error,
        Instant creationTime,
        Instant modifiedTime,
        List<Finding> health,
        int jobsRunning,
        int jobsWaiting,
        List<String> running,
        Optional<Machine> machine) {
    /** Insists on what every compute has and copies the lists. */
    public ComputeStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(creationTime, "creation_time");
        Objects.requireNonNull(modifiedTime, "modified_time");
        provisioningState =
                Objects.requireNonNullElse(provisioningState, ProvisioningState.UNKNOWN);
        health = Json.list(health);
        running = Json.list(running);
    }

    /** What one machine offers to jobs. */
    public record Machine(int cpus, long memoryBytes, int gpus) {}
}
