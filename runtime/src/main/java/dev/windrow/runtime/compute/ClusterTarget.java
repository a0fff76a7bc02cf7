package dev.windrow.runtime.compute;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * A compute on a cluster.
 *
 * @param id such as {@code /workspaces/default/computes/gpu}; unique on its server
 * @param installation tells the objects of this server from those of another
 * @param server the address of this server as pods see it
 * @param images that its pods run
 * @param credentials empty when the server is let in otherwise
 * @param authorities certificates in PEM that its pods trust beside those that Java trusts
 */
public record ClusterTarget(
        String id,
        Attachment attachment,
        String installation,
        URI server,
        PodImages images,
        Optional<ClusterCredentials> credentials,
        Optional<String> authorities) {

    /** One whose pods trust what Java trusts. */
    public ClusterTarget(
            String id,
            Attachment attachment,
            String installation,
            URI server,
            PodImages images,
            Optional<ClusterCredentials> credentials) {
        this(id, attachment, installation, server, images, credentials, Optional.empty());
    }
}
