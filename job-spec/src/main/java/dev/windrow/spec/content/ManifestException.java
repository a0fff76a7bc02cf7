package dev.windrow.spec.content;

import java.io.IOException;

/** What was to be read is no manifest. */
public final class ManifestException extends IOException {
    private static final long serialVersionUID = 1L;

    ManifestException(String message) {
        super(message);
    }
}
