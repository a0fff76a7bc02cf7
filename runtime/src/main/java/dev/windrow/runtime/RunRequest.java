package dev.windrow.runtime;

import dev.windrow.spec.LoadedJob;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job to be run on this machine.
 *
 * @param name unique below the home
 * @param python the interpreter asked for; empty to look for one
 * @param instances asked for on the command line; empty for one
 */
public record RunRequest(
        String name, LoadedJob loaded, Optional<String> python, OptionalInt instances) {}
