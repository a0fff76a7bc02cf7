package dev.windrow.client;

import dev.windrow.client.ComputeException.Kind;
import dev.windrow.client.Documents.ComputePage;
import dev.windrow.client.Documents.Quota;
import dev.windrow.model.compute.ComputeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The computes of one workspace. Every method asks the server and blocks until it has answered; all
 * throw {@link WindrowException}, about computes a {@link ComputeException}. For any number of
 * threads.
 */
public final class ComputeClient {
    private static final String PAGE = "200";

    private final Transport transport;
    private final String workspace;
    private final InstantSource time;

    /**
     * Makes a client.
     *
     * @param workspace path of the workspace on the server
     */
    ComputeClient(Transport transport, String workspace, InstantSource time) {
        this.transport = transport;
        this.workspace = workspace;
        this.time = time;
    }

    /**
     * Gives a compute, of the class that it is of.
     *
     * @throws ComputeException NOT_FOUND
     */
    public Compute get(String name) {
        ComputeDocument document = fetch(name);
        return typed(document)
                .orElseThrow(() ->
                        ServerException.badAnswer(
                                "type: %s (expected: local or kubernetes)"
                                        .formatted(document.root().get("type"))));
    }

    /**
     * Gives an attached cluster.
     *
     * @throws ComputeException NOT_FOUND, or INVALID when it is of another class
     */
    public KubernetesCompute kubernetes(String name) {
        if (get(name) instanceof KubernetesCompute cluster) {
            return cluster;
        }
        throw new ComputeException(
                Kind.INVALID,
                "WRONG_COMPUTE_TYPE",
                "compute: %s is local (expected: an attached cluster)".formatted(name));
    }

    /**
     * Lists computes by name; pages are asked for as the stream is used. Those of a kind that this
     * client does not know are left out, as by Azure's SDK.
     */
    public Stream<Compute> list() {
        Call listing = Call.get(workspace + "/computes").query("max", PAGE);
        return Pages.stream(transport, listing, ComputePage.class)
                .map(ComputeDocument::of)
                .flatMap(document -> typed(document).stream());
    }

    private Optional<Compute> typed(ComputeDocument document) {
        return switch (document.text("type").orElse("")) {
            case "local" -> Optional.of(new LocalCompute(this, document));
            case "kubernetes" -> Optional.of(new KubernetesCompute(this, document));
            default -> Optional.empty();
        };
    }

    /**
     * Attaches a cluster; returns before that has come to an end. The same once more changes
     * nothing.
     *
     * @throws ComputeException INVALID with every mistake, or when nothing on the server speaks to
     *     clusters; CONFLICT while another operation goes on, or for a reserved name
     */
    public KubernetesCompute attach(String name, AttachConfiguration configuration) {
        Call put = Call.put(path(name), configuration.request());
        return new KubernetesCompute(
                this, asked(() -> ComputeDocument.of(transport.json(put, Map.class))));
    }

    /** Changes tags and description; sent once, never repeated. */
    public Compute update(String name, ComputeUpdate update) {
        Call patch = Call.patch(path(name), update.patch());
        ComputeDocument document =
                asked(() -> ComputeDocument.of(transport.json(patch, Map.class)));
        return typed(document)
                .orElseThrow(() -> ServerException.badAnswer("type: not known (expected: known)"));
    }

    /**
     * Takes a cluster away; returns before that has come to an end. The cluster itself stays as it
     * is.
     *
     * @throws ComputeException CONFLICT while jobs are on it
     */
    public ComputeOperation detach(String name) {
        return away(Call.delete(path(name)));
    }

    /**
     * Takes a cluster away, cancels the jobs on it, and lets go of a cluster that cannot be
     * cleaned; the operation then says what was left.
     */
    public ComputeOperation detachByForce(String name) {
        return away(Call.delete(path(name)).query("force", "true"));
    }

    private ComputeOperation away(Call call) {
        return asked(() -> transport.json(call, ComputeOperation.class));
    }

    /**
     * Asks for more than can be had: a server never deletes a cluster.
     *
     * @throws ComputeException NOT_SUPPORTED for every compute there is, NOT_FOUND for others
     */
    public void delete(String name) {
        asked(() -> {
            transport.delete(Call.delete(path(name)).query("action", "delete"));
            return name;
        });
    }

    /** Says how a compute is. */
    public ComputeStatus status(String name) {
        Call call = Call.get(path(name) + "/status");
        return asked(() -> transport.json(call, ComputeStatus.class));
    }

    /** Says what of a compute is used, and what the limits are. */
    public List<ComputeQuota> quota(String name) {
        Call call = Call.get(path(name) + "/quota");
        return asked(() -> transport.json(call, Quota.class).items());
    }

    /**
     * Gives an operation; the server forgets those that ended long ago.
     *
     * @throws ComputeException NOT_FOUND
     */
    public ComputeOperation operation(String id) {
        Call call = Call.get(workspace + "/operations" + Call.path(id));
        return asked(() -> transport.json(call, ComputeOperation.class));
    }

    ComputeDocument fetch(String name) {
        Call call = Call.get(path(name));
        return asked(() -> ComputeDocument.of(transport.json(call, Map.class)));
    }

    Optional<ComputeDocument> find(String name) {
        try {
            return Optional.of(fetch(name));
        } catch (ComputeException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Instant now() {
        return time.instant();
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (WindrowException e) {
            throw ComputeException.of(e);
        }
    }

    private String path(String name) {
        if (!ComputeName.isLegal(name)) {
            throw new ComputeException(
                    Kind.INVALID,
                    "INVALID_COMPUTE",
                    "name: %s (expected: %s)".formatted(name, ComputeName.RULE));
        }
        return workspace + "/computes" + Call.path(name);
    }
}
