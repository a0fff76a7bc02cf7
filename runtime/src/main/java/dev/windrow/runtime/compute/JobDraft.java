package dev.windrow.runtime.compute;

import dev.windrow.spec.LoadedJob;
import java.nio.file.Path;
import java.util.Map;

/**
 * A job that is about to be submitted.
 *
 * @param home where Windrow keeps things
 * @param folder the job's own folder; need not exist yet
 * @param datastores folders of the datastores that are not below the home, by name
 */
public record JobDraft(
        String name, LoadedJob loaded, Path home, JobFolder folder, Map<String, Path> datastores) {

    public JobDraft {
        datastores = Map.copyOf(datastores);
    }
}
