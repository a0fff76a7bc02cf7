package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Refusals;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.QuotaFinding;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at all that jobs need in a namespace. For one thread, once. */
final class Survey {

    private static final int OLDEST_MINOR = 25;
    private static final int FORBIDDEN = 403;
    private static final String MANAGED = "app.kubernetes.io/managed-by";

    private final KubernetesClient client;
    private final Calls calls;
    private final ClusterTarget target;
    private final boolean make;
    private final Mending mending;
    private final String namespace;
    private final List<Check> checks = new ArrayList<>();
    private List<InstanceType> types = List.of();
    private List<QuotaFinding> quota = List.of();

    /**
     * @param make whether the namespace is made when it is not there
     */
    Survey(Connection connection, ClusterTarget target, boolean make) {
        this.client = connection.client();
        this.calls = connection.calls();
        this.target = target;
        this.make = make;
        this.mending = Mending.of(target);
        this.namespace = target.attachment().namespace();
    }

    Surveyed all() throws InterruptedException {
        // Of a cluster that cannot be asked nothing else is known.
        if (reach()) {
            boolean seen = namespace();
            pause();
            Rights rights = Rights.ask(client, calls, namespace);
            if (!seen) {
                unseen(rights);
            }
            // Of a namespace that is perhaps not there, a list of rights tells nothing more.
            if (seen || rights.any()) {
                checks.add(rights.check(namespace, mending));
            }
            pause();
            account(rights);
            pause();
            quota(rights);
            pause();
            types();
        }
        return new Surveyed(checks, findings());
    }

    private static void pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private ClusterFindings findings() {
        return new ClusterFindings(
                Optional.of(address()),
                types.isEmpty() ? Optional.empty() : Optional.of(InstanceTypes.USUAL),
                types,
                checks.stream().map(Check::finding).toList(),
                quota);
    }

    private String address() {
        return client.getMasterUrl().toString().replaceFirst("/$", "");
    }

    private boolean reach() {
        String address = address();
        try {
            VersionInfo version = client.getKubernetesVersion();
            checks.add(version(version, address));
            return true;
        } catch (KubernetesClientException e) {
            checks.add(
                    Check.wrong(
                            "cluster",
                            Refusals.isUnreachable(e) ? "CLUSTER_UNREACHABLE" : "CLUSTER_REFUSES",
                            "%s: %s".formatted(address, Refusals.sentence(e)),
                            mending.attach()));
            return false;
        }
    }

    private Check version(VersionInfo version, String address) {
        String name = String.valueOf(version.getGitVersion());
        String minor = String.valueOf(version.getMinor()).replaceAll("[^0-9]", "");
        boolean old = minor.matches("[0-9]{1,4}") && Integer.parseInt(minor) < OLDEST_MINOR;
        return old
                ? Check.wrong(
                        "cluster",
                        "CLUSTER_TOO_OLD",
                        "%s: Kubernetes %s (expected: 1.%d or later)"
                                .formatted(address, name, OLDEST_MINOR),
                        mending.kubectl("version"))
                : Check.good("cluster", "Kubernetes %s at %s".formatted(name, address));
    }

    /** False when the account may not even see whether the namespace is there. */
    private boolean namespace() {
        try {
            @Nullable Namespace found =
                    calls.read(() -> client.namespaces().withName(namespace).get());
            checks.add(found == null ? absent() : present(found));
            return true;
        } catch (RefusedException e) {
            if (isForbidden(e)) {
                return false;
            }
            checks.add(
                    Check.wrong(
                            "namespace",
                            "CLUSTER_REFUSES",
                            String.valueOf(e.getMessage()),
                            mending.kubectl("get namespace " + namespace)));
            return true;
        }
    }

    private static boolean isForbidden(RefusedException refused) {
        return refused.getCause() instanceof KubernetesClientException cause
                && cause.getCode() == FORBIDDEN;
    }

    private Check present(Namespace found) {
        boolean ends = found.getMetadata().getDeletionTimestamp() != null;
        return ends
                ? Check.wrong(
                        "namespace",
                        "NAMESPACE_ENDING",
                        "namespace: %s is being deleted (expected: one that stays)"
                                .formatted(namespace),
                        mending.kubectl("wait --for=delete namespace/%s && ".formatted(namespace))
                                + mending.create())
                : Check.good("namespace", namespace + " is there");
    }

    private Check absent() {
        if (make) {
            try {
                Namespace wanted =
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .addToLabels(MANAGED, "windrow")
                                .endMetadata()
                                .build();
                calls.change(() -> client.namespaces().resource(wanted).create());
                return Check.good("namespace", namespace + " was made");
            } catch (RefusedException e) {
                return missing("; " + e.getMessage());
            }
        }
        return missing("");
    }

    private Check missing(String why) {
        return Check.wrong(
                "namespace",
                "NAMESPACE_NOT_FOUND",
                "namespace: %s is not there%s (expected: a namespace of the cluster)"
                        .formatted(namespace, why),
                mending.create());
    }

    /** Whoever has rights in a namespace that they may not see has them in one that is there. */
    private void unseen(Rights rights) {
        checks.add(
                rights.any()
                        ? Check.good("namespace", namespace + " gives this server rights")
                        : Check.wrong(
                                "namespace",
                                "NAMESPACE_NOT_FOUND",
                                "namespace: %s is not there, or gives this server no right at all"
                                                .formatted(namespace)
                                        + " (expected: a namespace of the cluster)",
                                mending.create() + "; " + mending.manifest()));
    }

    private void account(Rights rights) {
        if (!rights.may("serviceaccounts", "get")) {
            return;
        }
        String name = target.attachment().pods().serviceAccount();
        try {
            @Nullable ServiceAccount found =
                    calls.read(() ->
                            client.serviceAccounts().inNamespace(namespace).withName(name).get());
            checks.add(
                    found == null
                            ? Check.wrong(
                                    "account",
                                    "ACCOUNT_NOT_FOUND",
                                    "ServiceAccount %s is not in namespace %s (expected: the account of pods)"
                                            .formatted(name, namespace),
                                    name.equals(ClusterManifest.JOB_ACCOUNT)
                                            ? mending.manifest()
                                            : mending.inNamespace("create serviceaccount " + name))
                            : Check.good("account", "pods run as ServiceAccount " + name));
        } catch (RefusedException e) {
            checks.add(refused("account", e));
        }
    }

    private Check refused(String name, RefusedException why) {
        return Check.wrong(
                name, "CLUSTER_REFUSES", String.valueOf(why.getMessage()), mending.manifest());
    }

    private void quota(Rights rights) {
        if (!rights.may("resourcequotas", "list")) {
            return;
        }
        try {
            List<ResourceQuota> found =
                    calls.read(
                            () -> client.resourceQuotas().inNamespace(namespace).list().getItems());
            quota = QuotaReading.findings(found);
            checks.add(
                    QuotaReading.closed(found)
                            .map(name ->
                                    Check.wrong(
                                            "quota",
                                            "QUOTA_ZERO",
                                            "quota %s of namespace %s lets no pod in (expected: pods of at least 1)"
                                                    .formatted(name, namespace),
                                            mending.inNamespace("edit resourcequota " + name)))
                            .orElseGet(() ->
                                    Check.good(
                                            "quota",
                                            found.isEmpty()
                                                    ? "nothing limits the namespace"
                                                    : "the namespace has a quota")));
        } catch (RefusedException e) {
            checks.add(refused("quota", e));
        }
    }

    private void types() {
        InstanceTypes given = target.attachment().instanceTypes();
        List<InstanceType> ofCluster = List.of();
        if (given.fromCluster()) {
            try {
                @Nullable String list = calls.read(() -> client.raw(InstanceKinds.PATH));
                if (list == null) {
                    checks.add(noTypes());
                } else {
                    ofCluster =
                            InstanceKinds.read(
                                    client.getKubernetesSerialization().unmarshal(list, Map.class));
                }
            } catch (RefusedException e) {
                checks.add(
                        Check.wrong(
                                "types",
                                "INSTANCE_TYPES_REFUSED",
                                "InstanceType resources: " + e.getMessage(),
                                mending.instanceTypes()));
            }
        }
        types = InstanceKinds.of(given, ofCluster);
    }

    private Check noTypes() {
        return Check.wrong(
                "types",
                "NO_INSTANCE_TYPES",
                "the cluster has no InstanceType resources of amlarc.azureml.com/v1alpha1 (expected: their definition, or instance_types in the file of the compute)",
                mending.kubectl("get crd instancetypes.amlarc.azureml.com"));
    }
}
