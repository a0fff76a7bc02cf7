package dev.windrow.engine.compute;

/**
 * How many instances a job wants, and for whom.
 *
 * @param epoch the ledger's epoch; instances of an earlier one are not counted
 */
public record ComputeRequest(String job, long epoch, int instances) {

    public ComputeRequest {
        if (instances < 1) {
            throw new IllegalArgumentException(
                    "instances: %d (expected: >= 1)".formatted(instances));
        }
    }
}
