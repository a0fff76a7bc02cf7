package dev.windrow.client;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not what it was when its upload began. */
final class ChangedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedFileException(Path file) {
        super(file + ": changes while it is sent (expected: files that stay as they are)");
    }
}
