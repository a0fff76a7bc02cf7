package dev.windrow.runtime.compute;

import dev.windrow.spec.LoadedJob;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A job that is about to be submitted.
 *
 * @param home where Windrow keeps things
 * @param folder the job's own folder; need not exist yet
 * @param datastores that are not below the home, by name
 * @param cluster that it is to run on; empty for this machine
 */
public record JobDraft(
        String name,
        LoadedJob loaded,
        Path home,
        JobFolder folder,
        Map<String, StorePlace> datastores,
        Optional<ClusterTarget> cluster) {

    public JobDraft {
        datastores = Map.copyOf(datastores);
    }
}
