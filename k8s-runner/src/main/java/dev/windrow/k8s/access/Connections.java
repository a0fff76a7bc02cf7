package dev.windrow.k8s.access;

import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens the connections of one server. Its changes take turns at each cluster, whichever job or
 * compute they are for. Safe for use by several threads.
 */
public final class Connections {

    private final ClusterAccess access;
    private final Map<String, RateLimiter> turns = new ConcurrentHashMap<>();

    public Connections(ClusterAccess access) {
        this.access = access;
    }

    /**
     * Opens one; it connects when it is used.
     *
     * @throws dev.windrow.runtime.compute.ClusterException when nobody says how to get in
     */
    public Connection open(ClusterTarget target) {
        KubernetesClient client = access.open(target);
        String cluster = client.getMasterUrl().toString();
        return new Connection(
                client, new Calls(target.id(), turns.computeIfAbsent(cluster, Calls::turns)));
    }
}
