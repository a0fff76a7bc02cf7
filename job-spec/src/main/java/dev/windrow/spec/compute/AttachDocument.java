package dev.windrow.spec.compute;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.model.compute.ManagedIdentity;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a compute is attached with and labeled by, as a document of Azure's shape: {@code identity}
 * and {@code tags} outside, {@code resourceId} in {@code properties}, {@code namespace} in the
 * {@code properties} within. Our own are {@code createNamespace}, {@code serverUrl}, {@code
 * instancePresets}, {@code instanceTypeResources}, {@code tolerations}, {@code priorityClass},
 * {@code queue}, {@code imagePullSecrets} and {@code serviceAccount} beside the namespace, and
 * {@code credentials} outside.
 *
 * @param credentials by which the server is let in; empty for those it has, or needs none of
 */
public record AttachDocument(
        Attachment attachment,
        Optional<String> description,
        Map<String, String> tags,
        Optional<ClusterCredentials> credentials) {

    /** Azure's word for the kind. */
    public static final String KUBERNETES = "Kubernetes";

    public AttachDocument {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** One without credentials. */
    public AttachDocument(
            Attachment attachment, Optional<String> description, Map<String, String> tags) {
        this(attachment, description, tags, Optional.empty());
    }

    /**
     * Reads a document of plain maps, lists, texts, numbers and truth values.
     *
     * @throws InvalidComputeException with every mistake
     */
    public static AttachDocument read(Map<?, ?> document) {
        return new AttachDocumentReader(document).read();
    }

    /** Gives what a server is sent: the document, and the credentials if there are any. */
    public Map<String, @Nullable Object> request() {
        Map<String, @Nullable Object> request = document();
        credentials.ifPresent(one -> request.put("credentials", secret(one)));
        return request;
    }

    private static Map<String, Object> secret(ClusterCredentials credentials) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("api_server", credentials.address().toString());
        if (!credentials.authority().isEmpty()) {
            map.put("authority", credentials.authority());
        }
        map.put("token", credentials.token());
        return map;
    }

    /** Gives the document, which never holds credentials. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("namespace", attachment.namespace());
        if (attachment.createNamespace()) {
            inner.put("createNamespace", true);
        }
        inner.putAll(pods(attachment));
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

    /** Gives what is said of pods, as it stands beside the namespace; only what was given. */
    public static Map<String, Object> pods(Attachment attachment) {
        Map<String, Object> map = new LinkedHashMap<>();
        attachment.serverUrl().ifPresent(url -> map.put("serverUrl", url));
        InstanceTypes types = attachment.instanceTypes();
        if (!types.presets().isEmpty()) {
            Map<String, Object> presets = new LinkedHashMap<>();
            types.presets().forEach(one -> presets.put(one.name(), preset(one)));
            map.put("instancePresets", presets);
        }
        if (types.fromCluster()) {
            map.put("instanceTypeResources", true);
        }
        terms(attachment.pods(), map);
        return map;
    }

    private static void terms(PodTerms terms, Map<String, Object> map) {
        if (!terms.tolerations().isEmpty()) {
            map.put(
                    "tolerations",
                    terms.tolerations().stream().map(AttachDocument::toleration).toList());
        }
        terms.priorityClass().ifPresent(name -> map.put("priorityClass", name));
        terms.queue().ifPresent(name -> map.put("queue", name));
        if (!terms.pullSecrets().isEmpty()) {
            map.put("imagePullSecrets", terms.pullSecrets());
        }
        terms.account().ifPresent(name -> map.put("serviceAccount", name));
    }

    private static Map<String, Object> toleration(Toleration one) {
        Map<String, Object> map = new LinkedHashMap<>();
        one.key().ifPresent(key -> map.put("key", key));
        map.put("operator", one.value().isPresent() ? "Equal" : "Exists");
        one.value().ifPresent(value -> map.put("value", value));
        one.effect().ifPresent(effect -> map.put("effect", effect));
        return map;
    }

    private static Map<String, Object> preset(InstanceType type) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("requests", type.requests());
        resources.put("limits", type.limits());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("nodeSelector", type.nodeSelector());
        map.put("resources", resources);
        return map;
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
