package dev.windrow.k8s.attach;

import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which kinds of instances a compute has. Pure. */
final class InstanceKinds {

    /** Where Azure's extension keeps them in a cluster. */
    static final String PATH = "/apis/amlarc.azureml.com/v1alpha1/instancetypes?limit=500";

    /** As large as the one that Azure's extension makes. */
    private static final InstanceType USUAL =
            new InstanceType(
                    InstanceTypes.USUAL, Map.of(), ordered("100m", "2Gi"), ordered("2", "2Gi"));

    private InstanceKinds() {}

    private static Map<String, String> ordered(String cpu, String memory) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("cpu", cpu);
        map.put("memory", memory);
        return map;
    }

    /**
     * All kinds by name: those given with the compute first, then those of the cluster that have
     * other names, and the usual one unless there is one of its name.
     */
    static List<InstanceType> of(InstanceTypes given, List<InstanceType> ofCluster) {
        Map<String, InstanceType> kinds = new LinkedHashMap<>();
        given.presets().forEach(one -> kinds.put(one.name(), one));
        ofCluster.forEach(one -> kinds.putIfAbsent(one.name(), one));
        kinds.putIfAbsent(InstanceTypes.USUAL, USUAL);
        return List.copyOf(kinds.values());
    }

    /**
     * Reads a list of InstanceType resources; what is no object or has no name is passed over.
     *
     * @param list as the cluster has it
     */
    static List<InstanceType> read(Map<?, ?> list) {
        List<InstanceType> types = new ArrayList<>();
        if (list.get("items") instanceof List<?> items) {
            for (Object item : items) {
                Map<?, ?> one = map(item);
                Map<?, ?> spec = map(one.get("spec"));
                Map<?, ?> resources = map(spec.get("resources"));
                if (map(one.get("metadata")).get("name") instanceof String name) {
                    types.add(
                            new InstanceType(
                                    name,
                                    texts(spec.get("nodeSelector")),
                                    texts(resources.get("requests")),
                                    texts(resources.get("limits"))));
                }
            }
        }
        return types;
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A resource that is null is none of it. */
    private static Map<String, String> texts(@org.jspecify.annotations.Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value)
                .forEach((key, one) -> {
                    if (one != null) {
                        texts.put(String.valueOf(key), String.valueOf(one));
                    }
                });
        return texts;
    }
}
