package dev.windrow.runtime.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Speaks to clusters of one kind for a server that attaches them; found by {@link
 * java.util.ServiceLoader}. Safe for use by several threads.
 *
 * <p>Calls block on the network. One that is interrupted has taken too long, or the server ends; it
 * is to return at once, and nobody waits for its answer.
 */
public interface ClusterProvider {

    /** The kind, such as {@code kubernetes}. */
    String kind();

    /** What runs jobs on its clusters, always the same one; empty when nothing does. */
    default Optional<ComputeProvider> runner() {
        return Optional.empty();
    }

    /**
     * Looks whether jobs could run: reaches the cluster, finds the namespace (or makes it, when
     * that is asked for), and checks rights and instance types. Called again after a restart of the
     * server, so it changes nothing when all is there.
     *
     * @param until when the answer counts no more
     * @throws ClusterException with what is wrong
     */
    ClusterFindings verify(ClusterTarget target, Instant until) throws InterruptedException;

    /**
     * Looks again how a cluster is, for somebody who wants to know; changes nothing. What is wrong
     * is a finding here, and no fault.
     *
     * @param until when the answer counts no more
     * @throws ClusterException when the cluster cannot be asked at all
     */
    default ClusterFindings look(ClusterTarget target, Instant until) throws InterruptedException {
        return verify(target, until);
    }

    /**
     * Removes everything of this compute's from the cluster, and nothing else; also when a former
     * call has been broken off.
     *
     * @param until when the answer counts no more
     * @throws ClusterException with what is left
     */
    void clean(ClusterTarget target, Instant until) throws InterruptedException;

    /**
     * Starts an agent that sees a volume, for a server that does not. It asks the server for orders
     * by its token, and ends when there are none any more.
     *
     * @throws ClusterException when none can be had
     */
    default VolumeAgent startVolumeAgent(ClusterTarget target, VolumeOrder order) {
        throw new ClusterException(
                "NO_VOLUME_AGENTS",
                "compute: %s (expected: one whose volumes can be looked into)"
                        .formatted(target.id()));
    }

    /**
     * Removes agents beside volumes that a server before this one has started and left.
     *
     * @throws ClusterException with what is left
     */
    default void removeStrayVolumeAgents(ClusterTarget target) {}

    /**
     * One run of a job.
     *
     * @param job its id, such as {@code /workspaces/default/jobs/nightly}
     * @param submittedAt tells it from a later one of the same name
     */
    record Run(String job, Instant submittedAt) {}

    /**
     * Removes what is left of fleets whose jobs have ended.
     *
     * @param unfinished runs whose fleets stay; asked for after the cluster was looked at, so that
     *     one that begins meanwhile stays too
     * @throws ClusterException with what is left
     */
    default void removeStrayFleets(ClusterTarget target, Supplier<Set<Run>> unfinished) {}

    /**
     * The folder below the datastore of a job's rows where its agents keep what is not published
     * yet; with slashes, and at least two folders deep.
     *
     * @param job its id, such as {@code /workspaces/default/jobs/nightly}
     * @param submittedAt tells it from a later one of the same name
     */
    default Optional<String> hiddenFolder(ClusterTarget target, String job, Instant submittedAt) {
        return Optional.empty();
    }
}
