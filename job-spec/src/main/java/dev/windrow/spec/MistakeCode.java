package dev.windrow.spec;

/** What kind of mistake a job file holds; stable, for programs that read mistakes. */
public enum MistakeCode {
    /** The text is not YAML, or is larger or deeper than a job file may be. */
    SYNTAX,
    DUPLICATE_KEY,
    WRONG_TYPE,
    INVALID_VALUE,
    MISSING_FIELD,
    UNKNOWN_KEY,
    /** A name in an expression that the job does not have. */
    UNKNOWN_REFERENCE,
    /** A secret that is not there. */
    UNKNOWN_SECRET,
    /** More than the limits of a user or a compute allow. */
    OVER_LIMIT,
    /** Two fields that cannot both be set. */
    CONFLICT,
    /** A file or folder that is not there. */
    FILE_NOT_FOUND,
    /** Something is where an output must not replace anything. */
    OUTPUT_EXISTS,
    /** Legal for Azure, but not built here yet. */
    NOT_BUILT,
    /** A command-line override that does not fit the job. */
    OVERRIDE
}
