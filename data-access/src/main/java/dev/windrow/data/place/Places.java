package dev.windrow.data.place;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Resolves the paths of a job on one machine: local paths, {@code file://} and datastores below the
 * home folder.
 *
 * <p>{@code azureml://datastores/NAME/paths/P}, and the long form with subscription and workspace,
 * mean {@code HOME/datastores/NAME/P}, unless the datastore has a folder of its own. Remote
 * addresses and registered assets are refused with what to do instead.
 */
public final class Places {
    /** What Azure calls the default datastore of every workspace. */
    public static final String DEFAULT_DATASTORE = "workspaceblobstore";

    /** The file that collects rows when the target is a folder. */
    public static final String AGGREGATE_NAME = "parallel_run_step.txt";

    private static final String DEFAULT_OUTPUT =
            "azureml://datastores/${{default_datastore}}/paths/azureml/${{name}}/${{output_name}}/";

    private final PathGrammar grammar;

    /**
     * @param home Windrow's home; datastores are its {@code datastores/NAME} folders
     * @param jobFolder folder of the job file; relative local paths start there
     */
    public Places(Path home, Path jobFolder) {
        this(home, jobFolder, Map.of());
    }

    /**
     * As {@link #Places(Path, Path)}, with datastores elsewhere.
     *
     * @param datastores absolute folders by name; each has to be there when a path names it
     */
    public Places(Path home, Path jobFolder, Map<String, Path> datastores) {
        this.grammar =
                new PathGrammar(
                        home.toAbsolutePath().normalize(),
                        jobFolder.toAbsolutePath().normalize(),
                        datastores);
    }

    /**
     * The file or folder an input names; checked to exist, to be of the kind, and to be readable.
     * An {@code mltable} is a folder that holds a file {@code MLTable}, or that file.
     *
     * @param field for messages, such as {@code inputs.images.path}
     */
    public Path input(String field, String value, PlaceKind kind) {
        Path path = grammar.resolve(field, value);
        switch (kind) {
            case URI_FILE -> checkFile(field, path, kind);
            case URI_FOLDER, MLFLOW_MODEL, TRITON_MODEL -> checkFolder(field, path, kind);
            case MLTABLE -> checkTable(field, path);
            case CUSTOM_MODEL -> checkAny(field, path);
        }
        return path;
    }

    /**
     * The place of an output as written; nothing is made. An existing path of the other kind is
     * refused.
     *
     * @param field for messages, such as {@code outputs.rows.path}
     */
    public OutputPlace output(String field, String value, PlaceKind kind, OutputNames names) {
        Path path = grammar.resolve(field, names.expand(field, value));
        boolean wrong =
                switch (kind) {
                    case URI_FILE -> Files.isDirectory(path);
                    case URI_FOLDER, MLTABLE, MLFLOW_MODEL, TRITON_MODEL ->
                            Files.isRegularFile(path);
                    case CUSTOM_MODEL -> false;
                };
        if (wrong) {
            throw fault(
                    DataError.OUTPUT_UNWRITABLE, field, path, "not yet there, or a " + kind.yaml());
        }
        return new OutputPlace(path, kind);
    }

    /** Azure's place for an output without a path: a folder of its own in the default datastore. */
    public OutputPlace defaultOutput(PlaceKind kind, OutputNames names) {
        return output("outputs." + names.output() + ".path", defaultOutput(kind), kind, names);
    }

    /** A file needs a name of its own inside that folder. */
    static String defaultOutput(PlaceKind kind) {
        return DEFAULT_OUTPUT + (kind == PlaceKind.URI_FILE ? AGGREGATE_NAME : "");
    }

    private static void checkFile(String field, Path path, PlaceKind kind) {
        checkExists(field, path);
        if (!Files.isRegularFile(path)) {
            throw fault(
                    DataError.INPUT_WRONG_KIND,
                    field,
                    path,
                    "a file, because the type is " + kind.yaml());
        }
        if (!Files.isReadable(path)) {
            throw fault(DataError.INPUT_UNREADABLE, field, path, "a file this user may read");
        }
    }

    private static void checkAny(String field, Path path) {
        if (Files.isDirectory(path)) {
            checkFolder(field, path, PlaceKind.CUSTOM_MODEL);
        } else {
            checkFile(field, path, PlaceKind.CUSTOM_MODEL);
        }
    }

    private static void checkFolder(String field, Path path, PlaceKind kind) {
        checkExists(field, path);
        if (!Files.isDirectory(path)) {
            throw fault(
                    DataError.INPUT_WRONG_KIND,
                    field,
                    path,
                    "a folder, because the type is " + kind.yaml());
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw fault(DataError.INPUT_UNREADABLE, field, path, "a folder this user may read");
        }
    }

    private static void checkTable(String field, Path path) {
        checkExists(field, path);
        Path file = Files.isDirectory(path) ? path.resolve("MLTable") : path;
        if (!Files.isRegularFile(file)) {
            throw fault(
                    DataError.INPUT_WRONG_KIND, field, path, "a folder that holds a file MLTable");
        }
        if (!Files.isReadable(file)) {
            throw fault(DataError.INPUT_UNREADABLE, field, file, "a file this user may read");
        }
    }

    private static void checkExists(String field, Path path) {
        if (!Files.exists(path)) {
            throw fault(DataError.INPUT_MISSING, field, path, "something that exists");
        }
    }

    private static DataException fault(DataError code, String field, Path path, String rule) {
        return DataException.of(code, field, RawPath.printable(path), rule);
    }
}
