package dev.windrow.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a datastore is to be.
 *
 * @param type {@code local}, {@code pvc} or {@code host_path}; the server refuses others by name
 * @param path of a local one an absolute folder on the server that is there, or empty for one below
 *     its home; of a {@code pvc} a claim and a folder of its volume, such as {@code data/images};
 *     of a {@code host_path} an absolute folder of each machine of a cluster
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

    /**
     * A folder of a volume that pods see.
     *
     * @param path name of a PersistentVolumeClaim, and {@code /FOLDER} when it is not all of it
     */
    public static DatastoreSpec volume(String path) {
        return new DatastoreSpec("pvc", Optional.of(path), Optional.empty());
    }

    /** A folder that each machine of a cluster has. */
    public static DatastoreSpec onMachines(String path) {
        return new DatastoreSpec("host_path", Optional.of(path), Optional.empty());
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
