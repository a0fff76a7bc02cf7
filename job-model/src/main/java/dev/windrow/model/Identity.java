package dev.windrow.model;

import java.util.Locale;

/** Whose credentials a job uses. */
public record Identity(Kind kind) {
    /** The kinds of identity Azure knows. */
    public enum Kind {
        MANAGED,
        AML_TOKEN,
        USER_IDENTITY;

        /** Gives the spelling used in a job file. */
        public String yaml() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
