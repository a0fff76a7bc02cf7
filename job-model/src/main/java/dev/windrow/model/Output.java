package dev.windrow.model;

import java.util.Optional;

/**
 * One output of a job; everything unset means a folder at the default place.
 *
 * @param overwrite whether what is at the path already is replaced at the end; not a key of Azure's
 */
public record Output(
        Optional<DataType> type,
        Optional<OutputMode> mode,
        Optional<String> path,
        Optional<Boolean> overwrite) {
    /** Rejects a blank path. */
    public Output {
        Rules.notBlank("path", path);
    }

    /** Makes an output with all defaults. */
    public static Output unset() {
        return new Output(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Gives the type, a folder unless set. */
    public DataType effectiveType() {
        return type.orElse(DataType.URI_FOLDER);
    }

    /** Gives whether what is there is replaced, which it is unless set. */
    public boolean effectiveOverwrite() {
        return overwrite.orElse(true);
    }

    /** Gives the same output at another path. */
    public Output withPath(String newPath) {
        return new Output(type, mode, Optional.of(newPath), overwrite);
    }
}
