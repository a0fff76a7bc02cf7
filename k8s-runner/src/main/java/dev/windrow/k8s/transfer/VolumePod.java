package dev.windrow.k8s.transfer;

import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodReading;
import dev.windrow.k8s.pod.PodTranslator;
import dev.windrow.k8s.pod.TransferPodFactory;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.VolumeAgent;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** One pod that serves a volume. */
final class VolumePod implements VolumeAgent {

    private final TransferObjects objects;
    private final ObjectNames names;
    private final Runnable closed;

    /**
     * @param closed is called when all is removed, or cannot be
     */
    VolumePod(TransferObjects objects, ObjectNames names, Runnable closed) {
        this.objects = objects;
        this.names = names;
        this.closed = closed;
    }

    void make(TransferPodFactory.Order order, String token) {
        objects.create(new TransferPodFactory(order, names, objects.keep(names, token)).pod());
    }

    @Override
    public Look look() {
        try {
            Optional<Pod> pod = objects.pod(names.fleet());
            if (pod.isEmpty()) {
                return new Look(true, "pod %s was deleted".formatted(names.fleet()));
            }
            PodReading plain = PodTranslator.read(pod.get(), List.of());
            PodReading reading =
                    plain.stage() == PodReading.Stage.WAITING
                            ? PodTranslator.read(pod.get(), objects.warnings(names.fleet()))
                            : plain;
            String sentence =
                    reading.sentence().isEmpty() ? "has not asked yet" : reading.sentence();
            return new Look(reading.isOver(), "pod %s: %s".formatted(names.fleet(), sentence));
        } catch (RefusedException e) {
            throw new ClusterException("NO_VOLUME_AGENT", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            objects.remove(names.fleet());
        } catch (RefusedException _) {
            // The next look for strays removes it.
        } finally {
            closed.run();
        }
    }
}
