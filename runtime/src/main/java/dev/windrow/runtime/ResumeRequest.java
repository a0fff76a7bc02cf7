package dev.windrow.runtime;

import dev.windrow.model.EnvironmentKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job to go on with.
 *
 * @param code folder whose code replaces that of the snapshot; absolute
 * @param python interpreter, when it is to be another one than before
 * @param environment when its conda file is to be read again
 * @param instances when there are to be more or fewer than before
 */
public record ResumeRequest(
        String name,
        Optional<Path> code,
        Optional<String> python,
        Optional<EnvironmentKind> environment,
        OptionalInt instances) {

    /** A job that goes on as it was. */
    public static ResumeRequest asItIs(String name) {
        return new ResumeRequest(
                name, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }
}
