package dev.windrow.model;

import java.util.Optional;

/** Where a job runs and as whom. */
public record Placement(
        Optional<String> compute, JobResources resources, Optional<Identity> identity) {
    /** Rejects a blank compute. */
    public Placement {
        Rules.notBlank("compute", compute);
    }

    /** Makes a placement with nothing set. */
    public static Placement unset() {
        return new Placement(Optional.empty(), JobResources.unset(), Optional.empty());
    }
}
