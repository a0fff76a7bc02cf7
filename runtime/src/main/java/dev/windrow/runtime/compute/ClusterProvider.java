package dev.windrow.runtime.compute;

import java.time.Instant;

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
}
