package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of instances of a compute, as they are now. */
public final class KnownTypes {

    private KnownTypes() {}

    /**
     * All of them; the usual one is always there. Blocks on the network when the compute takes
     * those of its cluster too.
     *
     * @throws ClusterException when the cluster does not tell
     */
    public static List<InstanceType> of(ClusterTarget target) {
        InstanceTypes given = target.attachment().instanceTypes();
        return InstanceKinds.of(given, given.fromCluster() ? ofCluster(target) : List.of());
    }

    private static List<InstanceType> ofCluster(ClusterTarget target) {
        try (KubernetesClient client = new ClusterAccess(System.getenv()).open(target)) {
            @Nullable String list =
                    new Calls(target.id()).read(() -> client.raw(InstanceKinds.PATH));
            return list == null
                    ? List.of()
                    : InstanceKinds.read(
                            client.getKubernetesSerialization().unmarshal(list, Map.class));
        } catch (RefusedException e) {
            throw new ClusterException(
                    "INSTANCE_TYPES_REFUSED", "InstanceType resources: " + e.getMessage());
        }
    }
}
