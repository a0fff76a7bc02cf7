package dev.windrow.k8s.fleet;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server watches: the pods of each namespace where jobs have a fleet, once, whatever the
 * number of jobs, and as long as there is one. Safe for use by several threads.
 */
public final class PodWatches {

    private final Connections connections;
    private final Map<Place, Watch> open = new HashMap<>();

    public PodWatches(Connections connections) {
        this.connections = connections;
    }

    /** What is watched, by whom; a new token is a new watch. */
    private record Place(
            ClusterReference cluster, String namespace, Optional<ClusterCredentials> credentials) {

        static Place of(ClusterTarget target) {
            return new Place(
                    target.attachment().cluster(),
                    target.attachment().namespace(),
                    target.credentials());
        }
    }

    /** A watch with those who need it. */
    private static final class Watch {

        private final Connection connection;
        private final ClusterPods pods;
        private int users;

        Watch(Connection connection, ClusterTarget target) {
            this.connection = connection;
            this.pods =
                    new ClusterPods(
                            connection, target.attachment().namespace(), target.installation());
        }

        void close() {
            pods.close();
            connection.close();
        }
    }

    /**
     * The pods that a fleet looks at.
     *
     * @param end says that it needs them no more; once
     */
    record Lease(ClusterPods pods, Runnable end) {}

    /**
     * Begins to watch, if nobody does yet.
     *
     * @throws dev.windrow.runtime.compute.ClusterException when nobody says how to get in
     */
    synchronized Lease open(ClusterTarget target) {
        Place place = Place.of(target);
        Watch watch = open.get(place);
        if (watch == null) {
            watch = new Watch(connections.open(target), target);
            open.put(place, watch);
        }
        watch.users++;
        return new Lease(watch.pods, () -> end(place));
    }

    private synchronized void end(Place place) {
        Watch watch = open.get(place);
        if (watch != null && --watch.users == 0) {
            open.remove(place);
            watch.close();
        }
    }

    /** How many namespaces are watched. */
    synchronized int count() {
        return open.size();
    }
}
