package dev.windrow.model.compute;

import java.util.List;

/**
 * Something the server's account must be allowed to do in the namespace of a compute.
 *
 * @param resource as Kubernetes names it, such as {@code pods} or {@code pods/log}
 * @param verbs such as {@code create}
 */
public record ClusterRight(String resource, List<String> verbs) {

    /** All rights that are needed; nothing else is ever done. */
    public static final List<ClusterRight> NEEDED =
            List.of(
                    new ClusterRight(
                            "pods",
                            List.of(
                                    "get",
                                    "list",
                                    "watch",
                                    "create",
                                    "delete",
                                    "deletecollection")),
                    new ClusterRight("pods/log", List.of("get")),
                    new ClusterRight(
                            "secrets",
                            List.of("get", "create", "patch", "delete", "deletecollection")),
                    new ClusterRight("events", List.of("list")),
                    new ClusterRight("resourcequotas", List.of("list")),
                    new ClusterRight("persistentvolumeclaims", List.of("get", "list")),
                    new ClusterRight("serviceaccounts", List.of("get")));

    public ClusterRight {
        verbs = List.copyOf(verbs);
    }
}
