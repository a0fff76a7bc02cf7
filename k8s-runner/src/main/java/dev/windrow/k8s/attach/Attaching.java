package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterTarget;
import java.util.List;
import java.util.stream.Collectors;

/** Attaches namespaces, looks how they are, and leaves them. Blocks on the network. */
public final class Attaching {

    private final Connections connections;

    public Attaching(Connections connections) {
        this.connections = connections;
    }

    /**
     * Looks at everything, and tells of all that is wrong at once, a line for each. When nothing
     * is, a pod tries whether it reaches the server.
     *
     * @throws ClusterException with the code of what is wrong, {@code CHECKS_FAILED} when that is
     *     more than one thing
     */
    public ClusterFindings verify(ClusterTarget target) throws InterruptedException {
        Surveyed seen = verified(target);
        List<Check> wrong = seen.checks().stream().filter(one -> !one.ok()).toList();
        if (wrong.isEmpty()) {
            return seen.findings();
        }
        throw new ClusterException(
                wrong.size() == 1 ? wrong.getFirst().code() : "CHECKS_FAILED",
                wrong.stream().map(Check::message).collect(Collectors.joining("\n")));
    }

    /** Looks at everything and changes nothing; what is wrong is a finding. */
    public ClusterFindings look(ClusterTarget target) throws InterruptedException {
        try (Connection connection = connections.open(target)) {
            return new Survey(connection, target, false).all().findings();
        }
    }

    private Surveyed verified(ClusterTarget target) throws InterruptedException {
        try (Connection connection = connections.open(target)) {
            Surveyed seen =
                    new Survey(connection, target, target.attachment().createNamespace()).all();
            // Where something else is wrong a pod would only show that again.
            return seen.isGood()
                    ? seen.with(new Probe(connection, target).look(seen.usualMachines()))
                    : seen;
        }
    }

    /**
     * Removes all that was made for this compute; harmless when there is nothing.
     *
     * @throws ClusterException with what is left
     */
    public void clean(ClusterTarget target) throws InterruptedException {
        try (Connection connection = connections.open(target)) {
            new Removal(connection, target).all();
        }
    }
}
