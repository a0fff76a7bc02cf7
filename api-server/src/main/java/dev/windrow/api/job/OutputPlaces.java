package dev.windrow.api.job;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobPlaces;

/** Where the outputs of a job are that may be gone from the disk by now. */
final class OutputPlaces {

    private OutputPlaces() {}

    /** None of them when the job is gone. */
    static JobPlaces of(Assembly assembly, String job) {
        try {
            return assembly.catalog().places(job);
        } catch (EngineException _) {
            return JobPlaces.UNKNOWN;
        }
    }
}
