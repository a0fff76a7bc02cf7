package dev.windrow.k8s.access;

import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * Opens the way to a cluster. Nothing but the server's own account is used: by the token that was
 * given when the cluster was attached, by the account of the pod that the server runs in, or by a
 * context of the server's kubeconfig when that was asked for by name.
 */
public final class ClusterAccess {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 15_000;
    private static final int RETRIES = 0;
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Map<String, String> environment;

    /**
     * @param environment where a pod finds its cluster
     */
    public ClusterAccess(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Opens a client; it connects when it is used.
     *
     * @throws ClusterException when nobody says how to get in
     */
    public KubernetesClient open(ClusterTarget target) {
        Config config =
                target.credentials()
                        .map(ClusterAccess::byToken)
                        .orElseGet(() -> byReference(target.attachment().cluster()));
        config.setNamespace(target.attachment().namespace());
        return new KubernetesClientBuilder().withConfig(limited(config)).build();
    }

    private Config byReference(ClusterReference cluster) {
        return switch (cluster) {
            case ClusterReference.InCluster _ -> inCluster();
            case ClusterReference.Context(String name) -> byContext(name);
            case ClusterReference.AzureResource _, ClusterReference.Address _ ->
                    throw new ClusterException(
                            "NO_CREDENTIALS",
                            "resource_id: %s (expected: attached with a token of this cluster, by --context or --api-server)"
                                    .formatted(cluster.text()));
        };
    }

    private static Config byToken(ClusterCredentials credentials) {
        Config config =
                new ConfigBuilder(Config.empty())
                        .withMasterUrl(credentials.address().toString())
                        .withOauthToken(credentials.token())
                        .build();
        if (!credentials.authority().isEmpty()) {
            config.setCaCertData(encoded(credentials.authority()));
        }
        return config;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Config inCluster() {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null || !Files.isReadable(ACCOUNT.resolve("token"))) {
            throw new ClusterException(
                    "NOT_IN_CLUSTER",
                    "resource_id: in-cluster (expected: a server that runs in a pod with an account of its own)");
        }
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(URI.create("https://%s:%s".formatted(shown, port)).toString())
                .withCaCertFile(ACCOUNT.resolve("ca.crt").toString())
                // Tokens of pods are renewed while they run.
                .withOauthTokenProvider(ClusterAccess::tokenOfPod)
                .build();
    }

    private static String tokenOfPod() {
        try {
            return Files.readString(ACCOUNT.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config byContext(String name) {
        Config config = Config.autoConfigure(name);
        boolean known = config.getContexts().stream().anyMatch(one -> name.equals(one.getName()));
        if (!known) {
            throw new ClusterException(
                    "CONTEXT_NOT_FOUND",
                    "resource_id: context:%s (expected: a context of the server's kubeconfig)"
                            .formatted(name));
        }
        return KubeconfigFile.completed(config);
    }

    private static Config limited(Config config) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(RETRIES);
        return config;
    }
}
