package dev.windrow.k8s.pod;

import java.util.Map;

/**
 * What makes the pods of a fleet one group for Kueue, which admits them together, as Kueue
 * documents it for plain pods. Pure.
 */
final class KueueGroup {

    private static final String PREFIX = "kueue.x-k8s.io/";

    private KueueGroup() {}

    /**
     * Labels of each pod.
     *
     * @param fleet name of the group
     */
    static Map<String, String> labels(PodOrder.Queue queue, String fleet) {
        return Map.of(PREFIX + "queue-name", queue.name(), PREFIX + "pod-group-name", fleet);
    }

    /** Annotations of each pod. */
    static Map<String, String> annotations(PodOrder.Queue queue) {
        return Map.of(
                PREFIX + "pod-group-total-count",
                Integer.toString(queue.pods()),
                // All pods are alike, so that the first tells what the group needs; a quota that
                // lets only some of them in would keep the others waiting for ever.
                PREFIX + "pod-group-fast-admission",
                "true");
    }
}
