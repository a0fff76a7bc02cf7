package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import dev.windrow.model.compute.InstanceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a compute's file says of kinds of instances: each by name, or those of the cluster. */
final class InstanceTypesText {

    private static final String KEY = "instance_types";
    private static final String OF_CLUSTER = "from_cluster";

    private InstanceTypesText() {}

    static void read(SpecFile file, AttachConfiguration.Builder builder) {
        Object given = file.root().get(KEY);
        if (OF_CLUSTER.equals(given)) {
            builder.instanceTypesOfCluster();
        } else if (given instanceof Map<?, ?> types) {
            types.forEach(
                    (name, one) -> builder.instanceType(type(file, String.valueOf(name), one)));
        } else if (given != null) {
            file.add(KEY, String.valueOf(given), "types by name, or " + OF_CLUSTER);
        }
    }

    private static InstanceType type(SpecFile file, String name, @Nullable Object given) {
        String path = KEY + "." + name;
        Map<?, ?> type = map(file, path, given);
        file.known(type, path + ".", List.of("node_selector", "resources"));
        Map<?, ?> resources = map(file, path + ".resources", type.get("resources"));
        file.known(resources, path + ".resources.", List.of("requests", "limits"));
        return new InstanceType(
                name,
                texts(file, path + ".node_selector", type.get("node_selector")),
                texts(file, path + ".resources.requests", resources.get("requests")),
                texts(file, path + ".resources.limits", resources.get("limits")));
    }

    private static Map<?, ?> map(SpecFile file, String path, @Nullable Object given) {
        if (given != null && !(given instanceof Map<?, ?>)) {
            file.add(path, String.valueOf(given), "a mapping");
        }
        return given instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<String, String> texts(SpecFile file, String path, @Nullable Object given) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(file, path, given)
                .forEach((key, one) -> {
                    if (one instanceof String || one instanceof Number) {
                        texts.put(String.valueOf(key), String.valueOf(one));
                    } else if (one != null) {
                        file.add(path + "." + key, String.valueOf(one), "a text or a number");
                    }
                });
        return texts;
    }
}
