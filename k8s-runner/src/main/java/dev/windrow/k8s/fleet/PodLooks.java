package dev.windrow.k8s.fleet;

import dev.windrow.k8s.pod.PodReading;
import dev.windrow.k8s.pod.PodTranslator;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads pods, with their events where those tell more. Events cost a request, so they are asked for
 * only while a pod waits, not each time, and of a few pods: what hundreds wait for is the same.
 */
final class PodLooks {

    /** Pods whose events are asked for at a time. */
    static final int ASKED_MOST = 5;

    private static final Duration EVENTS_APART = Duration.ofSeconds(5);

    private final PodPort port;
    private final Map<Integer, Looked> last = new HashMap<>();

    /** What events said of a pod, and when they were asked for. */
    private record Looked(Instant at, List<Event> events) {}

    PodLooks(PodPort port) {
        this.port = port;
    }

    /** Only these are there still. */
    void retain(Set<Integer> numbers) {
        last.keySet().retainAll(numbers);
    }

    PodReading read(int number, Pod pod, Instant now) {
        PodReading plain = PodTranslator.read(pod, List.of());
        if (plain.stage() != PodReading.Stage.WAITING) {
            last.remove(number);
            return plain;
        }
        Looked before = last.get(number);
        if (before == null) {
            if (last.size() < ASKED_MOST) {
                // A pod that has only just been made has nothing to tell.
                last.put(number, new Looked(now, List.of()));
            }
            return plain;
        }
        if (now.isBefore(before.at().plus(EVENTS_APART))) {
            return PodTranslator.read(pod, before.events());
        }
        List<Event> events = port.events(pod.getMetadata().getName());
        last.put(number, new Looked(now, events));
        return PodTranslator.read(pod, events);
    }
}
