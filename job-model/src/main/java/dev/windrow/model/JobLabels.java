package dev.windrow.model;

import java.util.Map;
import java.util.Optional;

/** What people call a job and write on it. */
public record JobLabels(
        Optional<JobName> name,
        Optional<String> displayName,
        Optional<String> description,
        Optional<String> experimentName,
        Map<String, String> tags,
        Map<String, String> properties) {
    /** Copies the maps. */
    public JobLabels {
        tags = Rules.copy(tags);
        properties = Rules.copy(properties);
    }

    /** Makes labels with nothing set. */
    public static JobLabels unset() {
        return new JobLabels(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }
}
