package dev.windrow.spec;

import dev.windrow.model.ParallelJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job that was read without mistakes.
 *
 * @param baseFolder folder that relative paths in the job start from
 * @param places where each field's value stands in the file, by dotted path
 * @param overridden dotted paths that came from the command line
 */
public record LoadedJob(
        ParallelJob job,
        Path baseFolder,
        List<Notice> warnings,
        Map<String, Place> places,
        Set<String> overridden) {
    /** Copies the collections. */
    public LoadedJob {
        warnings = List.copyOf(warnings);
        places = Map.copyOf(places);
        overridden = Set.copyOf(overridden);
    }

    /** Wraps a job that was built rather than read. */
    public static LoadedJob built(ParallelJob job, Path baseFolder) {
        return new LoadedJob(job, baseFolder, List.of(), Map.of(), Set.of());
    }

    /** Gives where a field's value stands, or {@link Place#NONE}. */
    public Place place(String path) {
        return places.getOrDefault(path, Place.NONE);
    }
}
