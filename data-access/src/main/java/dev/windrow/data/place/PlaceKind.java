package dev.windrow.data.place;

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

    /** The word users write. */
    public String yaml() {
        return yaml;
    }
}
