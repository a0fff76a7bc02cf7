package dev.windrow.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where jobs run: the server's own machine, or a cluster that is attached. */
public sealed interface Compute permits LocalCompute, KubernetesCompute {

    /**
     * Asks for the compute of that name, and gives one of the class that it is of.
     *
     * @throws ComputeException NOT_FOUND
     */
    static Compute of(Workspace workspace, String name) {
        return workspace.computes().get(name);
    }

    /** Gives {@code /workspaces/WS/computes/NAME}. */
    String id();

    /** Gives the name, unique in its workspace. */
    String name();

    /** Gives the kind: {@code local} or {@code kubernetes}. */
    String type();

    /** Gives what it is for. */
    Optional<String> description();

    /** Gives its labels. */
    Map<String, String> tags();

    /** Gives where it stands. */
    ProvisioningState provisioningState();

    /** Gives all that the server told last, as Azure would write it; keys of our own beside. */
    Map<String, @Nullable Object> document();

    /** Asks the server how it is. */
    ComputeStatus getStatus();

    /** Asks the server what of it is used, and what the limits are. */
    List<ComputeQuota> quota();
}
