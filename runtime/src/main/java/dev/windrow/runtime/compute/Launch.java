package dev.windrow.runtime.compute;

import dev.windrow.model.EffectiveSettings;
import java.util.List;
import java.util.Optional;

/**
 * How a prepared job is to run.
 *
 * @param argv of the user's script, after substitution
 * @param python the interpreter asked for; empty to look for one
 */
public record Launch(EffectiveSettings settings, List<String> argv, Optional<String> python) {

    public Launch {
        argv = List.copyOf(argv);
    }
}
