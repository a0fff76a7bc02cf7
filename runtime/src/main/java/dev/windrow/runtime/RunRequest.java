package dev.windrow.runtime;

import dev.windrow.model.VirtualEnvironment;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.spec.LoadedJob;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job to be run.
 *
 * @param name unique below the home
 * @param python the interpreter asked for; empty to look for one
 * @param instances asked for on the command line; empty for one
 * @param datastores that are not below the home, by name
 * @param cluster name of the attached compute to run it on; empty for this machine
 * @param environment that is made for it before workers start
 */
public record RunRequest(
        String name,
        LoadedJob loaded,
        Optional<String> python,
        OptionalInt instances,
        Map<String, StorePlace> datastores,
        Optional<String> cluster,
        Optional<VirtualEnvironment> environment) {

    public RunRequest {
        datastores = Map.copyOf(datastores);
    }

    /** A job whose datastores are all below the home. */
    public RunRequest(
            String name, LoadedJob loaded, Optional<String> python, OptionalInt instances) {
        this(name, loaded, python, instances, Map.of(), Optional.empty(), Optional.empty());
    }

    /** The same in an environment that is made for it. */
    public RunRequest in(Optional<VirtualEnvironment> made) {
        return new RunRequest(name, loaded, python, instances, datastores, cluster, made);
    }

    /**
     * The same on a compute of a server.
     *
     * @param elsewhere datastores that are not below the home
     * @param on name of the attached compute; empty for the server's own machine
     */
    public RunRequest placed(Map<String, StorePlace> elsewhere, Optional<String> on) {
        return new RunRequest(name, loaded, python, instances, elsewhere, on, environment);
    }
}
