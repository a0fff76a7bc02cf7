package dev.windrow.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job's outputs are, or will be.
 *
 * @param outputs by name; for one that collects rows the file itself
 * @param partial rows of a job that did not complete, when some are kept
 */
public record JobPlaces(Map<String, String> outputs, Optional<String> partial) {

    public JobPlaces {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
