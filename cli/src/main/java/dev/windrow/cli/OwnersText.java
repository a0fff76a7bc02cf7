package dev.windrow.cli;

import dev.windrow.disk.OwnersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A token in a file, which is refused when others may use it as well. */
final class OwnersText {

    private OwnersText() {}

    /**
     * Refuses a file that others may read or write.
     *
     * @param field that names it
     */
    static void check(String field, Path file) throws IOException {
        if (OwnersFile.isOpenToOthers(file)) {
            throw new UsageException(
                    "%s: %s, which others may read or write (expected: chmod 600 %s)"
                            .formatted(field, file, file));
        }
    }

    /** Its text, without blanks around it. */
    static String read(String field, Path file) throws IOException {
        check(field, file);
        return Files.readString(file).strip();
    }
}
