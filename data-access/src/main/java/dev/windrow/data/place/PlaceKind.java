package dev.windrow.data.place;

/** What a path of a job stands for, named as in job YAML. */
public enum PlaceKind {
    URI_FILE("uri_file"),
    URI_FOLDER("uri_folder"),
    MLTABLE("mltable");

    private final String yaml;

    PlaceKind(String yaml) {
        this.yaml = yaml;
    }

    /** The word users write. */
    public String yaml() {
        return yaml;
    }
}
