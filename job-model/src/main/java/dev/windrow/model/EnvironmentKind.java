package dev.windrow.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is to be made of the environment that a job describes. */
public enum EnvironmentKind {
    /** A virtual environment with what the job's conda file lists under {@code pip}. */
    VENV;

    /** The word that users type. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word; empty when there is none. */
    public static Optional<EnvironmentKind> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }
}
