package dev.windrow.k8s.job;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.spec.MistakeCode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether the volume claims that a job needs are there, and whether its instances can share them.
 */
final class Claims {

    /** Modes in which several machines have a volume at one time. */
    private static final Set<String> SHARED = Set.of("ReadWriteMany", "ReadOnlyMany");

    private final String namespace;
    private final int instances;
    private final Mistakes mistakes;

    /**
     * @param namespace of the claims
     * @param instances that the job has at one time
     */
    Claims(String namespace, int instances, Mistakes mistakes) {
        this.namespace = namespace;
        this.instances = instances;
        this.mistakes = mistakes;
    }

    /**
     * Asks the cluster once for each claim. One that cannot be asked just now says what is wrong
     * later, of the pods, while the job waits.
     */
    void check(Connections connections, ClusterTarget target, ClusterPlaces places) {
        if (claims(places).findAny().isEmpty()) {
            return;
        }
        try (Connection connection = connections.open(target)) {
            check(
                    places,
                    name ->
                            Optional.ofNullable(
                                    connection
                                            .calls()
                                            .read(() ->
                                                    connection
                                                            .client()
                                                            .persistentVolumeClaims()
                                                            .inNamespace(namespace)
                                                            .withName(name)
                                                            .get())));
        } catch (RefusedException _) {
            // Told later.
        } catch (ClusterException e) {
            mistakes.add(MistakeCode.INVALID_VALUE, "compute", "compute: " + e.getMessage());
        }
    }

    /**
     * The same without a cluster.
     *
     * @param cluster gives a claim by its name; empty for none
     */
    void check(ClusterPlaces places, Function<String, Optional<PersistentVolumeClaim>> cluster) {
        claims(places)
                .forEach(one -> check(field(places, one), one.claim(), cluster.apply(one.claim())));
    }

    private static Stream<DataVolume.Claim> claims(ClusterPlaces places) {
        return places.volumes().stream()
                .filter(DataVolume.Claim.class::isInstance)
                .map(DataVolume.Claim.class::cast);
    }

    /** The first input or output that lies on the volume. */
    private static String field(ClusterPlaces places, DataVolume.Claim claim) {
        Stream<String> inputs =
                places.inputs().entrySet().stream()
                        .filter(one -> one.getValue().startsWith(claim.path()))
                        .map(one -> "inputs.%s.path".formatted(one.getKey()));
        Stream<String> outputs =
                places.outputs().entrySet().stream()
                        .filter(one -> one.getValue().path().startsWith(claim.path()))
                        .map(one -> "outputs.%s.path".formatted(one.getKey()));
        return Stream.concat(inputs, outputs).findFirst().orElse("compute");
    }

    private void check(String field, String name, Optional<PersistentVolumeClaim> found) {
        if (found.isEmpty()) {
            mistakes.refuse(
                    field,
                    "on volume claim " + name,
                    "a claim of namespace %1$s; kubectl --namespace %1$s get pvc lists them"
                            .formatted(namespace));
            return;
        }
        List<String> modes = modes(found.get());
        if (instances > 1 && modes.stream().noneMatch(SHARED::contains)) {
            mistakes.refuse(
                    field,
                    "on volume claim %s, whose access modes are %s"
                            .formatted(name, modes.isEmpty() ? "none" : String.join(", ", modes)),
                    "ReadWriteMany for %d instances on several machines, or one instance"
                            .formatted(instances));
        }
    }

    /** Those of the volume that it is bound to, else those that it asks for. */
    private static List<String> modes(PersistentVolumeClaim claim) {
        List<String> bound = claim.getStatus() == null ? null : claim.getStatus().getAccessModes();
        if (bound != null && !bound.isEmpty()) {
            return bound;
        }
        List<String> asked = claim.getSpec() == null ? null : claim.getSpec().getAccessModes();
        return asked == null ? List.of() : asked;
    }
}
