package dev.windrow.model;

import java.util.Locale;

/** How an input reaches the script. */
public enum InputMode {
    RO_MOUNT,
    RW_MOUNT,
    DOWNLOAD,
    DIRECT,
    EVAL_MOUNT,
    EVAL_DOWNLOAD,
    /** Azure's short form of {@link #RO_MOUNT}. */
    MOUNT;

    /** Gives the spelling used in a job file. */
    public String yaml() {
        return name().toLowerCase(Locale.ROOT);
    }
}
