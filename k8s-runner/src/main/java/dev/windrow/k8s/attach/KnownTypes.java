package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
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
    public static List<InstanceType> of(Connections connections, ClusterTarget target) {
        InstanceTypes given = target.attachment().instanceTypes();
        return InstanceKinds.of(
                given, given.fromCluster() ? ofCluster(connections, target) : List.of());
    }

    private static List<InstanceType> ofCluster(Connections connections, ClusterTarget target) {
        try (Connection connection = connections.open(target)) {
            KubernetesClient client = connection.client();
            @Nullable String list = connection.calls().read(() -> client.raw(InstanceKinds.PATH));
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
