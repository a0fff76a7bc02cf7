package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.Machine;
import java.util.List;
import java.util.Optional;

/**
 * How a compute is.
 *
 * @param machine what it offers when it is this machine
 * @param health what was looked at
 * @param running names of jobs that run on it
 * @param waiting how many jobs wait for it
 */
public record ComputeStatus(
        ComputeView compute,
        Optional<Machine> machine,
        List<HealthFinding> health,
        List<String> running,
        int waiting) {

    public ComputeStatus {
        health = List.copyOf(health);
        running = List.copyOf(running);
    }
}
