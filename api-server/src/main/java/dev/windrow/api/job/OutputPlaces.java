package dev.windrow.api.job;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobPlaces;
import java.util.Map;
import java.util.Optional;

/** Where a job's outputs are. */
record OutputPlaces(Map<String, String> outputs, Optional<String> partial) {

    /** Those of a job that may be gone from the disk by now. */
    static OutputPlaces of(Assembly assembly, String job) {
        try {
            JobPlaces places = assembly.catalog().places(job);
            return new OutputPlaces(places.outputs(), places.partial());
        } catch (EngineException _) {
            return new OutputPlaces(Map.of(), Optional.empty());
        }
    }
}
