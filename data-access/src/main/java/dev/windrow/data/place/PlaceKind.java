package dev.windrow.data.place;

import dev.windrow.model.DataType;

/** What a path of a job stands for, named as in job YAML. */
public enum PlaceKind {
    URI_FILE("uri_file"),
    URI_FOLDER("uri_folder"),
    MLTABLE("mltable"),
    /** A file or a folder. */
    CUSTOM_MODEL("custom_model"),
    /** A folder. */
    MLFLOW_MODEL("mlflow_model"),
    /** A folder. */
    TRITON_MODEL("triton_model");

    private final String yaml;

    PlaceKind(String yaml) {
        this.yaml = yaml;
    }

    /** The kind of an input of a type. */
    public static PlaceKind of(DataType type) {
        return switch (type) {
            case URI_FILE -> URI_FILE;
            case URI_FOLDER -> URI_FOLDER;
            case MLTABLE -> MLTABLE;
            case CUSTOM_MODEL -> CUSTOM_MODEL;
            case MLFLOW_MODEL -> MLFLOW_MODEL;
            case TRITON_MODEL -> TRITON_MODEL;
        };
    }

    /** The kind of an output of a type: a file, or else a folder. */
    public static PlaceKind ofOutput(DataType type) {
        return type == DataType.URI_FILE ? URI_FILE : URI_FOLDER;
    }

    /** The word users write. */
    public String yaml() {
        return yaml;
    }
}
