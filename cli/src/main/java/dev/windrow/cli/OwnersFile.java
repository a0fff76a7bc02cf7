package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that nobody but its owner may read. */
final class OwnersFile {

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private OwnersFile() {}

    static void create(Path file) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * Refuses one that others may read or write.
     *
     * @param field that names it
     */
    static void check(String field, Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNERS);
        if (!others.isEmpty()) {
            throw new UsageException(
                    "%s: %s, which others may read or write (expected: chmod 600 %s)"
                            .formatted(field, file, file));
        }
    }

    /** Its first line's text. */
    static String read(String field, Path file) throws IOException {
        check(field, file);
        return Files.readString(file).strip();
    }
}
