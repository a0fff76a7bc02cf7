package dev.windrow.spec.compute;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ManagedIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a compute is attached with and labeled by, as a document of Azure's shape: {@code identity}
 * and {@code tags} outside, {@code resourceId} in {@code properties}, {@code namespace} in the
 * {@code properties} within. {@code createNamespace} beside the namespace is our own.
 */
public record AttachDocument(
        Attachment attachment, Optional<String> description, Map<String, String> tags) {

    /** Azure's word for the kind. */
    public static final String KUBERNETES = "Kubernetes";

    public AttachDocument {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /**
     * Reads a document of plain maps, lists, texts, numbers and truth values.
     *
     * @throws InvalidComputeException with every mistake
     */
    public static AttachDocument read(Map<?, ?> document) {
        return new AttachDocumentReader(document).read();
    }

    /** Gives the document. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("namespace", attachment.namespace());
        if (attachment.createNamespace()) {
            inner.put("createNamespace", true);
        }
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("computeType", KUBERNETES);
        properties.put("resourceId", attachment.cluster().text());
        description.ifPresent(text -> properties.put("description", text));
        properties.put("properties", inner);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        if (!tags.isEmpty()) {
            document.put("tags", tags);
        }
        attachment.identity().ifPresent(one -> document.put("identity", identity(one)));
        document.put("properties", properties);
        return document;
    }

    /** Gives an identity as Azure writes it. */
    public static Map<String, Object> identity(ManagedIdentity identity) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", identity.type().text());
        if (!identity.ids().isEmpty()) {
            Map<String, Object> ids = new LinkedHashMap<>();
            identity.ids().forEach(id -> ids.put(id, Map.of()));
            document.put("userAssignedIdentities", ids);
        }
        return document;
    }

    /** Gives the ids in what Azure writes for an identity's. */
    static List<String> ids(Map<?, ?> identities) {
        return identities.keySet().stream().map(String::valueOf).toList();
    }
}
