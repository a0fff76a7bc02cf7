package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a compute: {@code az ml}'s YAML, or the document that {@code show -o json}
 * prints.
 *
 * @param name in the file
 * @param namespace in the file
 */
record AttachFile(
        Optional<String> name, Optional<String> namespace, AttachConfiguration.Builder parameters) {

    private static final List<String> KEYS =
            Stream.concat(
                            Stream.of(
                                    "$schema",
                                    "type",
                                    "name",
                                    "description",
                                    "resource_id",
                                    "namespace",
                                    "create_namespace",
                                    "server_url",
                                    "instance_types",
                                    "identity",
                                    "tags"),
                            PodTermsText.KEYS.stream())
                    .toList();

    static AttachFile none() {
        return new AttachFile(Optional.empty(), Optional.empty(), AttachConfiguration.builder());
    }

    static AttachFile read(Path path) throws IOException {
        SpecFile file = SpecFile.read(path);
        return file.root().get("properties") instanceof Map<?, ?> properties
                        && properties.containsKey("computeType")
                ? document(file)
                : yaml(file);
    }

    private static AttachFile document(SpecFile file) {
        Map<String, @Nullable Object> root = file.root();
        AttachConfiguration read = AttachConfiguration.of(root);
        return new AttachFile(
                Optional.ofNullable(root.get("name")).map(String::valueOf),
                Optional.of(read.namespace()),
                read.toBuilder());
    }

    private static AttachFile yaml(SpecFile file) {
        Map<String, @Nullable Object> root = file.root();
        file.known(root, "", KEYS);
        AttachConfiguration.Builder builder = AttachConfiguration.builder();
        file.text(root, "", "type")
                .filter(type -> !type.toLowerCase(Locale.ROOT).equals("kubernetes"))
                .ifPresent(type -> file.add("type", type, "kubernetes"));
        file.text(root, "", "description").ifPresent(builder::description);
        file.text(root, "", "resource_id").ifPresent(builder::resourceId);
        Optional<String> namespace = file.text(root, "", "namespace");
        namespace.ifPresent(builder::namespace);
        file.text(root, "", "server_url").ifPresent(builder::serverUrl);
        InstanceTypesText.read(file, builder);
        PodTermsText.read(file, builder);
        Object create = root.get("create_namespace");
        if (create != null && !(create instanceof Boolean)) {
            file.add("create_namespace", String.valueOf(create), "true or false");
        }
        if (Boolean.TRUE.equals(create)) {
            builder.createNamespace();
        }
        file.map("tags")
                .forEach((key, value) -> builder.tag(String.valueOf(key), String.valueOf(value)));
        identity(file, builder);
        Optional<String> name = file.text(root, "", "name");
        file.check();
        return new AttachFile(name, namespace, builder);
    }

    private static void identity(SpecFile file, AttachConfiguration.Builder builder) {
        Map<?, ?> identity = file.map("identity");
        file.known(identity, "identity.", List.of("type", "user_assigned_identities"));
        file.text(identity, "identity.", "type")
                .map(type ->
                        switch (type) {
                            case "system_assigned" -> "SystemAssigned";
                            case "user_assigned" -> "UserAssigned";
                            default -> type;
                        })
                .ifPresent(builder::identityType);
        Object given = identity.get("user_assigned_identities");
        if (given == null) {
            return;
        }
        List<String> ids = new ArrayList<>();
        if (given instanceof List<?> list) {
            for (Object one : list) {
                Object id = one instanceof Map<?, ?> map ? map.get("resource_id") : one;
                ids.add(String.valueOf(id));
            }
        } else {
            file.add(
                    "identity.user_assigned_identities",
                    String.valueOf(given),
                    "a list, each with a resource_id");
        }
        builder.identityIds(ids);
    }
}
