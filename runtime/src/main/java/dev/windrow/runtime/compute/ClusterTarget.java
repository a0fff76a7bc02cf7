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
 */
public record ClusterTarget(
        String id,
        Attachment attachment,
        String installation,
        URI server,
        PodImages images,
        Optional<ClusterCredentials> credentials) {}
