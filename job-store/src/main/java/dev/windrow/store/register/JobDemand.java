package dev.windrow.store.register;

/**
 * What a job holds of its compute while it runs.
 *
 * @param gpus of all its instances together
 */
public record JobDemand(int instances, int gpus) {

    /** One instance, no GPU. */
    public static final JobDemand LEAST = new JobDemand(1, 0);

    public JobDemand {
        if (instances < 1 || gpus < 0) {
            throw new IllegalArgumentException(
                    "demand: %d instances, %d GPUs (expected: 1 or more, 0 or more)"
                            .formatted(instances, gpus));
        }
    }
}
