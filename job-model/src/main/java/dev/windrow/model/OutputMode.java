package dev.windrow.model;

import java.util.Locale;

/** How what the script writes reaches the output's path. */
public enum OutputMode {
    RW_MOUNT,
    UPLOAD,
    DIRECT,
    /** Azure's short form of {@link #RW_MOUNT}. */
    MOUNT;

    /** Gives the spelling used in a job file. */
    public String yaml() {
        return name().toLowerCase(Locale.ROOT);
    }
}
