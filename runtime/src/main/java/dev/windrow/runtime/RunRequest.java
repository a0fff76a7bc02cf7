package dev.windrow.runtime;

import dev.windrow.spec.LoadedJob;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job to be run on this machine.
 *
 * @param name unique below the home
 * @param python the interpreter asked for; empty to look for one
 * @param instances asked for on the command line; empty for one
 * @param datastores folders of the datastores that are not below the home, by name
 */
public record RunRequest(
        String name,
        LoadedJob loaded,
        Optional<String> python,
        OptionalInt instances,
        Map<String, Path> datastores) {

    public RunRequest {
        datastores = Map.copyOf(datastores);
    }

    /** A job whose datastores are all below the home. */
    public RunRequest(
            String name, LoadedJob loaded, Optional<String> python, OptionalInt instances) {
        this(name, loaded, python, instances, Map.of());
    }

    /** The same with datastores elsewhere. */
    public RunRequest withDatastores(Map<String, Path> elsewhere) {
        return new RunRequest(name, loaded, python, instances, elsewhere);
    }
}
