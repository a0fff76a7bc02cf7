package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.PodImages;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server as agents meet it; its addresses are known once it listens.
 *
 * @param local its address for agents on its machine
 * @param pods its address for pods of attached clusters, unless a compute says otherwise
 * @param images that pods run
 * @param authorities certificates in PEM that pods trust beside those that Java trusts
 */
public record AgentSide(
        Supplier<URI> local,
        Supplier<URI> pods,
        PodImages images,
        Supplier<Optional<String>> authorities) {

    /** One whose certificate, if it has any, Java trusts by itself. */
    public AgentSide(Supplier<URI> local, Supplier<URI> pods, PodImages images) {
        this(local, pods, images, Optional::empty);
    }
}
