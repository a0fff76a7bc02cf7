package dev.windrow.k8s.attach;

import dev.windrow.k8s.TestCluster;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What there is in the namespace of a test. */
final class NamespaceObjects {

    private NamespaceObjects() {}

    /** All objects of the namespace by kind, name and id; events tell of objects and are none. */
    static Set<String> of(TestCluster cluster) {
        Set<String> all = new TreeSet<>();
        for (String group :
                List.of(
                        "v1",
                        "apps/v1",
                        "batch/v1",
                        "rbac.authorization.k8s.io/v1",
                        "networking.k8s.io/v1",
                        "policy/v1",
                        "coordination.k8s.io/v1")) {
            APIResourceList known = cluster.client().getApiResources(group);
            for (APIResource kind : known.getResources()) {
                if (kind.getNamespaced()
                        && kind.getVerbs().contains("list")
                        && !kind.getName().equals("events")) {
                    all.addAll(objects(cluster, group, kind.getName()));
                }
            }
        }
        return all;
    }

    private static Set<String> objects(TestCluster cluster, String group, String kind) {
        String path =
                "%s/%s/namespaces/%s/%s"
                        .formatted(
                                group.equals("v1") ? "/api" : "/apis",
                                group,
                                cluster.namespace(),
                                kind);
        String list = Objects.requireNonNull(cluster.client().raw(path));
        Map<?, ?> read = cluster.client().getKubernetesSerialization().unmarshal(list, Map.class);
        Set<String> found = new TreeSet<>();
        for (Object item : (List<?>) Objects.requireNonNull(read.get("items"))) {
            Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) item).get("metadata"));
            found.add("%s/%s %s".formatted(kind, data.get("name"), data.get("uid")));
        }
        return found;
    }
}
