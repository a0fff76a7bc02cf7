package dev.windrow.model;

import java.util.Locale;

/** What stands at the path of an input or output. */
public enum DataType {
    URI_FOLDER,
    URI_FILE,
    MLTABLE,
    CUSTOM_MODEL,
    MLFLOW_MODEL,
    TRITON_MODEL;

    /** Gives the spelling used in a job file. */
    public String yaml() {
        return name().toLowerCase(Locale.ROOT);
    }
}
