package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a file says of a datastore. */
record DatastoreFile(
        Optional<String> name,
        Optional<String> type,
        Optional<String> path,
        Optional<String> description) {

    /** The type of one whose file says none. */
    static final String USUAL = "local";

    /** No file. */
    static final DatastoreFile NONE =
            new DatastoreFile(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final List<String> KEYS =
            List.of("$schema", "name", "type", "path", "description");

    static DatastoreFile read(Path path) throws IOException {
        SpecFile file = SpecFile.read(path);
        file.known(file.root(), "", KEYS);
        DatastoreFile said =
                new DatastoreFile(
                        file.text(file.root(), "", "name"),
                        file.text(file.root(), "", "type"),
                        file.text(file.root(), "", "path"),
                        file.text(file.root(), "", "description"));
        file.check();
        return said;
    }
}
