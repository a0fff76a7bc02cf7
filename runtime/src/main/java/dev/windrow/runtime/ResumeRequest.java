package dev.windrow.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job to go on with.
 *
 * @param code folder whose code replaces that of the snapshot; absolute
 * @param python interpreter, when it is to be another one than before
 * @param instances when there are to be more or fewer than before
 */
public record ResumeRequest(
        String name, Optional<Path> code, Optional<String> python, OptionalInt instances) {}
