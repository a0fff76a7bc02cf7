package dev.windrow.runtime.compute;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.VirtualEnvironment;
import java.util.List;
import java.util.Optional;

/**
 * How a prepared job is to run.
 *
 * @param argv of the user's script, after substitution
 * @param python the interpreter asked for; empty to look for one
 * @param environment that is made before workers start
 * @param entrance of the server that runs it; empty when its agents end with this process
 * @param rows of another job that its agents take along
 */
public record Launch(
        EffectiveSettings settings,
        List<String> argv,
        Optional<String> python,
        Optional<VirtualEnvironment> environment,
        Optional<Entrance> entrance,
        Optional<RowsToTake> rows) {

    public Launch {
        argv = List.copyOf(argv);
    }

    /** The same under a server. */
    public Launch at(Entrance door) {
        return new Launch(settings, argv, python, environment, Optional.of(door), rows);
    }

    /** The same for a retry that takes old rows along. */
    public Launch taking(Optional<RowsToTake> old) {
        return new Launch(settings, argv, python, environment, entrance, old);
    }
}
