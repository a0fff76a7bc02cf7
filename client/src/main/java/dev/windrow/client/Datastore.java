package dev.windrow.client;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder or volume that jobs name by {@code azureml://datastores/NAME/paths/}.
 *
 * @param type {@code local}, {@code pvc} or {@code host_path}
 * @param path as it was given; empty for one below the server's home
 * @param location its folder on the server; of a volume {@code pvc:CLAIM/FOLDER} or {@code
 *     host_path:FOLDER}
 * @param uri what jobs put before a path in it
 * @param isDefault whether outputs without a path go there
 */
public record Datastore(
        String id,
        String name,
        String workspace,
        String type,
        Optional<String> path,
        String location,
        String uri,
        boolean isDefault,
        Optional<String> description,
        Instant createdAt,
        String createdBy,
        Instant modifiedAt,
        String modifiedBy) {
    /** Insists on what every datastore has. */
    public Datastore {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(createdAt, "created_at");
        Objects.requireNonNull(createdBy, "created_by");
        Objects.requireNonNull(modifiedAt, "modified_at");
        Objects.requireNonNull(modifiedBy, "modified_by");
    }
}
