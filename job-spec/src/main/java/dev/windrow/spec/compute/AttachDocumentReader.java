package dev.windrow.spec.compute;

import dev.windrow.model.compute.AttachmentParts;
import dev.windrow.model.compute.BrokenRule;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one document, and collects what is wrong with it. */
final class AttachDocumentReader {

    private static final int DESCRIPTION_MOST = 65_536;
    private static final int TAGS_MOST = 100;
    private static final int KEY_MOST = 512;
    private static final int VALUE_MOST = 4_096;

    /** Where the document has what the SDK's parameters name. */
    private static final Map<String, String> PATHS =
            Map.of(
                    "resource_id", "properties.resourceId",
                    "namespace", "properties.properties.namespace",
                    "server_url", "properties.properties.serverUrl",
                    "priority_class", "properties.properties.priorityClass",
                    "queue", "properties.properties.queue",
                    "image_pull_secrets", "properties.properties.imagePullSecrets",
                    "service_account", "properties.properties.serviceAccount",
                    "identity_type", "identity.type",
                    "identity_ids", "identity.userAssignedIdentities");

    private static final List<String> NAMESPACE_KEYS =
            List.of(
                    "namespace",
                    "createNamespace",
                    "serverUrl",
                    "instancePresets",
                    "instanceTypeResources");

    private final Map<?, ?> document;
    private final List<Mistake> mistakes = new ArrayList<>();

    AttachDocumentReader(Map<?, ?> document) {
        this.document = document;
    }

    AttachDocument read() {
        known(document, "", List.of("tags", "identity", "credentials", "properties"));
        Map<?, ?> properties = map(document.get("properties"), "properties");
        known(
                properties,
                "properties.",
                List.of("computeType", "resourceId", "description", "properties"));
        Map<?, ?> inner = map(properties.get("properties"), "properties.properties");
        known(
                inner,
                "properties.properties.",
                Stream.concat(NAMESPACE_KEYS.stream(), PodTermsReader.KEYS.stream()).toList());
        Map<?, ?> identity = map(document.get("identity"), "identity");
        known(identity, "identity.", List.of("type", "userAssignedIdentities"));
        type(properties.get("computeType"));
        Optional<ClusterCredentials> credentials =
                new CredentialsReader(this).read(document.get("credentials"));
        Optional<String> resourceId = text(properties.get("resourceId"), "properties.resourceId");
        AttachmentParts parts =
                new AttachmentParts(
                        resourceId.or(() -> credentials.map(one -> one.address().toString())),
                        text(inner.get("namespace"), "properties.properties.namespace"),
                        flag(inner.get("createNamespace"), "properties.properties.createNamespace"),
                        text(identity.get("type"), "identity.type"),
                        AttachDocument.ids(
                                map(
                                        identity.get("userAssignedIdentities"),
                                        "identity.userAssignedIdentities")),
                        pods(inner));
        Optional<String> description =
                text(properties.get("description"), "properties.description").filter(this::isShort);
        Map<String, String> tags = tags(map(document.get("tags"), "tags"));
        parts.broken().forEach(this::add);
        CredentialsReader.broken(parts, credentials).ifPresent(this::add);
        if (!mistakes.isEmpty()) {
            throw new InvalidComputeException(mistakes);
        }
        return new AttachDocument(parts.checked(), description, tags, credentials);
    }

    private AttachmentParts.Pods pods(Map<?, ?> inner) {
        return new AttachmentParts.Pods(
                text(inner.get("serverUrl"), "properties.properties.serverUrl"),
                new InstanceTypes(
                        new PresetReader(this).read(inner.get("instancePresets")),
                        flag(
                                inner.get("instanceTypeResources"),
                                "properties.properties.instanceTypeResources")),
                new PodTermsReader(this).read(inner));
    }

    private void type(@Nullable Object type) {
        if (!AttachDocument.KUBERNETES.equals(type)) {
            add(
                    type == null ? MistakeCode.MISSING_FIELD : MistakeCode.INVALID_VALUE,
                    "properties.computeType",
                    type == null ? "" : String.valueOf(type),
                    AttachDocument.KUBERNETES);
        }
    }

    void known(Map<?, ?> map, String path, List<String> keys) {
        for (Object key : map.keySet()) {
            String name = String.valueOf(key);
            if (!keys.contains(name)) {
                add(
                        MistakeCode.UNKNOWN_KEY,
                        path + cut(name),
                        "not known",
                        "one of " + String.join(", ", keys) + NearMiss.hint(name, keys));
            }
        }
    }

    Map<?, ?> map(@Nullable Object value, String path) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        add(MistakeCode.WRONG_TYPE, path, String.valueOf(value), "an object");
        return Map.of();
    }

    Optional<String> text(@Nullable Object value, String path) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        add(MistakeCode.WRONG_TYPE, path, String.valueOf(value), "a text");
        return Optional.empty();
    }

    private boolean flag(@Nullable Object value, String path) {
        if (value != null && !(value instanceof Boolean)) {
            add(MistakeCode.WRONG_TYPE, path, String.valueOf(value), "true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    private boolean isShort(String description) {
        boolean fits = description.length() <= DESCRIPTION_MOST;
        if (!fits) {
            add(
                    MistakeCode.INVALID_VALUE,
                    "properties.description",
                    description.length() + " characters",
                    "at most " + DESCRIPTION_MOST);
        }
        return fits;
    }

    private Map<String, String> tags(Map<?, ?> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (given.size() > TAGS_MOST) {
            add(MistakeCode.INVALID_VALUE, "tags", given.size() + " tags", "at most " + TAGS_MOST);
            return tags;
        }
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (name.isEmpty() || name.length() > KEY_MOST) {
                add(MistakeCode.INVALID_VALUE, "tags", name, "keys of 1 to 512 characters");
            } else if (value instanceof String text && text.length() <= VALUE_MOST) {
                tags.put(name, text);
            } else {
                add(
                        MistakeCode.INVALID_VALUE,
                        "tags." + name,
                        String.valueOf(value),
                        "a text of at most 4096 characters");
            }
        });
        return tags;
    }

    private void add(BrokenRule broken) {
        MistakeCode code =
                switch (broken.kind()) {
                    case MISSING -> MistakeCode.MISSING_FIELD;
                    case INVALID -> MistakeCode.INVALID_VALUE;
                    case CONFLICT -> MistakeCode.CONFLICT;
                };
        String path =
                broken.path()
                        .replaceFirst("^instance_types", PresetReader.PATH)
                        .replaceFirst("\\.node_selector", ".nodeSelector")
                        .replaceFirst("^tolerations", "properties.properties.tolerations");
        add(code, PATHS.getOrDefault(path, path), broken.value(), broken.rule());
    }

    void add(MistakeCode code, String path, String value, String rule) {
        String shown = cut(value);
        String found = code == MistakeCode.MISSING_FIELD ? "missing" : shown;
        String message = "%s: %s (expected: %s)".formatted(path, found, rule);
        mistakes.add(new Mistake(code, message, path, 0, 0, shown, rule));
    }

    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 200 ? clean : clean.substring(0, 200) + "…";
    }
}
