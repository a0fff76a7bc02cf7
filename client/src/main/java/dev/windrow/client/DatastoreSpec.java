package dev.windrow.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a datastore is to be.
 *
 * @param type only {@code local} is built; the server refuses others by name
 * @param path absolute folder on the server that is there; empty for one below its home
 */
public record DatastoreSpec(String type, Optional<String> path, Optional<String> description) {

    /** A folder below the server's home. */
    public static DatastoreSpec local() {
        return new DatastoreSpec("local", Optional.empty(), Optional.empty());
    }

    /** A folder on the server. */
    public static DatastoreSpec at(String path) {
        return new DatastoreSpec("local", Optional.of(path), Optional.empty());
    }

    /** The same with a description. */
    public DatastoreSpec withDescription(String text) {
        return new DatastoreSpec(type, path, Optional.of(text));
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("type", type);
        path.ifPresent(folder -> document.put("path", folder));
        description.ifPresent(text -> document.put("description", text));
        return document;
    }
}
