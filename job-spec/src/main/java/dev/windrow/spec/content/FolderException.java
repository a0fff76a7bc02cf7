package dev.windrow.spec.content;

import java.io.IOException;

/** A folder holds something that cannot be taken along; the message says what, and the rule. */
public final class FolderException extends IOException {
    private static final long serialVersionUID = 1L;

    public FolderException(String message) {
        super(message);
    }
}
