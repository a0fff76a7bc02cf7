package dev.windrow.k8s.fleet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** The pods of one namespace, as far as they are ours. Safe for use by several threads. */
public interface PodPort {

    /** The pods of a fleet as they were last seen, the latest change included; does not block. */
    List<Pod> pods(String fleet);

    /** Whether the picture is whole: before, a pod that is not seen may be there. */
    boolean isSynced();

    /**
     * Warnings about a pod, the oldest first; blocks on the network, and gives none when it fails.
     */
    List<Event> events(String pod);

    /**
     * Makes or renews the Secret that owns everything of a fleet.
     *
     * @param labels of the fleet
     * @param annotations for people
     * @throws dev.windrow.k8s.access.RefusedException when the cluster does not want to
     */
    OwnerReference keep(
            String fleet,
            Map<String, String> labels,
            Map<String, String> annotations,
            String token);

    /**
     * Makes a pod; one of the same name that is there already is as good.
     *
     * @throws dev.windrow.k8s.access.RefusedException when the cluster does not want to
     */
    void create(Pod pod);

    /**
     * Deletes a pod; harmless when there is none.
     *
     * @throws dev.windrow.k8s.access.RefusedException when the cluster does not want to
     */
    void delete(String pod);

    /**
     * Deletes the Secret and all pods of a fleet; harmless when there are none.
     *
     * @throws dev.windrow.k8s.access.RefusedException when the cluster does not want to
     */
    void deleteFleet(String fleet);

    /** Calls back soon after something about a fleet's pods has changed, on a thread of its own. */
    AutoCloseable watch(String fleet, Runnable changed);
}
