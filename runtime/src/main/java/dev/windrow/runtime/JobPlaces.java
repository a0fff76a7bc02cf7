package dev.windrow.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job's outputs are, or will be.
 *
 * @param outputs by name; for one that collects rows the file itself
 * @param partial where rows of a job are kept that does not complete; {@link
 *     dev.windrow.runtime.report.PartialRows} tells whether there are any
 * @param volumes by name the outputs that the server does not see
 */
public record JobPlaces(
        Map<String, String> outputs, Optional<String> partial, Map<String, Unseen> volumes) {

    /** The places of a job of which nothing is known. */
    public static final JobPlaces UNKNOWN = new JobPlaces(Map.of(), Optional.empty(), Map.of());

    /**
     * An output that the server does not see.
     *
     * @param type of what is there, as a job's file has it
     */
    public record Unseen(VolumePath place, String type) {}

    public JobPlaces {
        volumes = Map.copyOf(volumes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
