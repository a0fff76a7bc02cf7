package dev.windrow.k8s.access;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A connection to a cluster.
 *
 * @param calls through which the client is used
 */
public record Connection(KubernetesClient client, Calls calls) implements AutoCloseable {

    @Override
    public void close() {
        client.close();
    }
}
