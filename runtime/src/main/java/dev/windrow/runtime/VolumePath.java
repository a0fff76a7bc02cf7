package dev.windrow.runtime;

import dev.windrow.runtime.compute.StorePlace;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on a volume that pods of a compute see, and the server does not.
 *
 * @param compute name in the job's workspace
 * @param store where the datastore is
 * @param path below the datastore, with slashes
 */
public record VolumePath(String compute, StorePlace store, String path) {

    private static final Pattern TEXT =
            Pattern.compile("azureml://datastores/([^/]+)/paths/(.*)", Pattern.DOTALL);

    /**
     * The place that a text of a run's record names.
     *
     * @param compute that the job ran on; empty for this machine
     * @param stores what names of datastores meant when the job was submitted
     */
    static Optional<VolumePath> of(
            String text, Optional<String> compute, Map<String, StorePlace> stores) {
        Matcher parts = TEXT.matcher(text);
        if (compute.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(stores.get(parts.group(1)))
                .filter(store -> !(store instanceof StorePlace.Folder))
                .map(store -> new VolumePath(compute.get(), store, parts.group(2)));
    }

    /** Whether a text of a run's record names such a place. */
    static boolean isMeantBy(String text) {
        return TEXT.matcher(text).matches();
    }
}
