package dev.windrow.model;

import java.util.Locale;

/** What kind of value a literal input holds. */
public enum LiteralKind {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN;

    /** Gives the spelling used in a job file. */
    public String yaml() {
        return name().toLowerCase(Locale.ROOT);
    }
}
