package dev.windrow.runtime.host;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.RegisteredCompute;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a server needs to speak to its clusters.
 *
 * @param installation of the server
 * @param secrets by which it is let in
 * @param server as agents meet it
 */
record AttachedClusters(
        List<ClusterProvider> providers,
        String installation,
        ClusterSecrets secrets,
        AgentSide server) {

    AttachedClusters {
        providers = List.copyOf(providers);
    }

    Optional<ClusterProvider> provider(String kind) {
        return providers.stream().filter(one -> one.kind().equals(kind)).findFirst();
    }

    /** What runs jobs on computes of a kind. */
    Optional<ComputeProvider> runner(String kind) {
        return provider(kind).flatMap(ClusterProvider::runner);
    }

    /**
     * The provider of a kind.
     *
     * @throws ClusterException when there is none
     */
    ClusterProvider needed(String kind) {
        return provider(kind).orElseThrow(() -> noProvider(kind));
    }

    static ClusterException noProvider(String kind) {
        return new ClusterException(
                "NO_CLUSTER_RUNNER",
                "compute: %s (expected: local; this installation has no runner for %s)"
                        .formatted(kind, kind));
    }

    ClusterTarget target(RegisteredCompute compute) {
        Attachment attachment = AttachmentText.attachment(compute.spec());
        return new ClusterTarget(
                compute.key().id(),
                attachment,
                installation,
                attachment.serverUrl().map(URI::create).orElseGet(server.pods()),
                server.images(),
                secrets.of(compute.key()),
                server.authorities().get());
    }

    /** Refuses an address that nothing is known for to get in by. */
    void checkCredentials(ComputeKey key, AttachDocument wanted) {
        Optional<ClusterCredentials> usable = wanted.credentials().or(() -> secrets.of(key));
        if (wanted.attachment().cluster() instanceof ClusterReference.Address(URI address)
                && usable.filter(one -> one.address().equals(address)).isEmpty()) {
            throw new HostRefusal(
                    Because.UNUSABLE,
                    "NO_CREDENTIALS",
                    "credentials: missing (expected: api_server %s and a token, as nothing is known to get in by)"
                            .formatted(address));
        }
    }

    /** Keeps what is given; what a compute had before counts only for the same cluster. */
    void keepCredentials(ComputeKey key, AttachDocument wanted) {
        if (wanted.credentials().isPresent()) {
            secrets.keep(key, wanted.credentials().get());
        } else if (wanted.attachment().cluster() instanceof ClusterReference.Context
                || wanted.attachment().cluster() instanceof ClusterReference.InCluster) {
            secrets.forget(key);
        }
    }
}
