package dev.windrow.engine.compute;

/**
 * How many instances a job wants, and for whom.
 *
 * @param epoch the ledger's epoch; instances of an earlier one are not counted
 * @param workers whether instances that are started now are to start workers; those that are not
 *     only publish
 */
public record ComputeRequest(String job, long epoch, int instances, boolean workers) {

    /** A request for instances that work. */
    public ComputeRequest(String job, long epoch, int instances) {
        this(job, epoch, instances, true);
    }

    public ComputeRequest {
        if (instances < 1) {
            throw new IllegalArgumentException(
                    "instances: %d (expected: >= 1)".formatted(instances));
        }
    }

    /** The same for a job of which nothing is left to be run. */
    public ComputeRequest withoutWorkers() {
        return new ComputeRequest(job, epoch, instances, false);
    }
}
