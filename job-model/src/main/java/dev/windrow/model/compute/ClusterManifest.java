package dev.windrow.model.compute;

import java.util.stream.Collectors;

/**
 * What the owner of a cluster applies before it is attached: an account for the server with the
 * {@linkplain ClusterRight#NEEDED rights} it needs in one namespace and none elsewhere, a token of
 * that account, and an account without any rights for the pods of jobs.
 */
public final class ClusterManifest {

    /** The account that the server is in the cluster. */
    public static final String SERVER_ACCOUNT = "windrow";

    /** The account of the pods that run jobs. */
    public static final String JOB_ACCOUNT = "windrow-job";

    /** The Secret with the server's token. */
    public static final String TOKEN = "windrow-token";

    private ClusterManifest() {}

    /**
     * The manifest as YAML.
     *
     * @param namespace a legal name; it must be there
     */
    public static String yaml(String namespace) {
        return """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: %1$s
          namespace: %4$s
        automountServiceAccountToken: false
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: %2$s
          namespace: %4$s
        automountServiceAccountToken: false
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: %3$s
          namespace: %4$s
          annotations:
            kubernetes.io/service-account.name: %1$s
        type: kubernetes.io/service-account-token
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: %1$s
          namespace: %4$s
        rules:
        %5$s---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: %1$s
          namespace: %4$s
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: %1$s
        subjects:
          - kind: ServiceAccount
            name: %1$s
            namespace: %4$s
        """
                .formatted(SERVER_ACCOUNT, JOB_ACCOUNT, TOKEN, namespace, rules());
    }

    private static String rules() {
        return ClusterRight.NEEDED.stream()
                .map(right ->
                        """
                          - apiGroups: [""]
                            resources: [%s]
                            verbs: [%s]
                        """
                                .formatted(right.resource(), String.join(", ", right.verbs())))
                .collect(Collectors.joining());
    }
}
