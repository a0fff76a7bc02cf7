package dev.windrow.data.place;

import java.nio.file.Path;

/**
 * Resolves the paths of a job on one machine: local paths, {@code file://} and datastores below the
 * home folder.
 */
public final class Places {
    /** What Azure calls the default datastore of every workspace. */
    public static final String DEFAULT_DATASTORE = "workspaceblobstore";

    /** The file that collects rows when the target is a folder. */
    public static final String AGGREGATE_NAME = "parallel_run_step.txt";

    private final Path home;
    private final Path jobFolder;

    /**
     * @param home Windrow's home; datastores are its {@code datastores/NAME} folders
     * @param jobFolder folder of the job file; relative local paths start there
     */
    public Places(Path home, Path jobFolder) {
        this.home = home.toAbsolutePath().normalize();
        this.jobFolder = jobFolder.toAbsolutePath().normalize();
    }

    /**
     * The file or folder an input names; checked to exist, to be of the kind, and to be readable.
     */
    public Path input(String field, String value, PlaceKind kind) {
        throw new UnsupportedOperationException(field + value + kind + home + jobFolder);
    }

    /**
     * The place of an output as written; nothing is made.
     *
     * @param field for messages, such as {@code outputs.rows.path}
     */
    public OutputPlace output(String field, String value, PlaceKind kind, OutputNames names) {
        throw new UnsupportedOperationException(field + value + kind + names);
    }

    /** Azure's place for an output without a path: a folder of its own in the default datastore. */
    public OutputPlace defaultOutput(PlaceKind kind, OutputNames names) {
        throw new UnsupportedOperationException("" + kind + names);
    }
}
