package dev.windrow.k8s.transfer;

import dev.windrow.k8s.access.Connection;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.k8s.pod.TransferPodFactory;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts pods that serve volumes, and removes those that were left. Blocks on the network. */
public final class VolumePods {

    private static final String MOUNT = "/windrow/volume";

    private final Connections connections;

    /** Names of those that this process has started and not removed. */
    private final Set<String> alive = ConcurrentHashMap.newKeySet();

    public VolumePods(Connections connections) {
        this.connections = connections;
    }

    /**
     * Starts one.
     *
     * @throws ClusterException when the cluster does not want to
     */
    public VolumeAgent start(ClusterTarget target, VolumeOrder order) {
        ObjectNames names =
                new ObjectNames(
                        target.installation(),
                        target.id(),
                        target.id() + "/volumes/" + order.id(),
                        0);
        alive.add(names.fleet());
        Connection connection = connections.open(target);
        VolumePod pod =
                new VolumePod(
                        new TransferObjects(connection, target),
                        names,
                        () -> {
                            alive.remove(names.fleet());
                            connection.close();
                        });
        try {
            pod.make(made(target, order), order.token());
            return pod;
        } catch (RefusedException e) {
            pod.close();
            throw new ClusterException("NO_VOLUME_AGENT", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            pod.close();
            throw e;
        }
    }

    private static TransferPodFactory.Order made(ClusterTarget target, VolumeOrder order) {
        return new TransferPodFactory.Order(
                target.images().agent(),
                ServerForPods.of(target),
                target.attachment().pods(),
                volume(order.store()),
                root(order.store()),
                order.writes());
    }

    private static DataVolume volume(StorePlace store) {
        return switch (store) {
            case StorePlace.Claim(String claim, _) -> new DataVolume.Claim("0", MOUNT, claim);
            case StorePlace.MachineFolder(String folder) ->
                    new DataVolume.HostFolder("0", MOUNT, folder);
            case StorePlace.Folder(var folder) ->
                    throw new IllegalArgumentException("store: " + folder);
        };
    }

    private static String root(StorePlace store) {
        return store instanceof StorePlace.Claim(_, String folder) && !folder.isEmpty()
                ? MOUNT + "/" + folder
                : MOUNT;
    }

    /**
     * Removes those that this process has not started.
     *
     * @throws ClusterException with what is left
     */
    public void removeStrays(ClusterTarget target) {
        try (Connection connection = connections.open(target)) {
            new TransferObjects(connection, target).removeAllBut(alive);
        } catch (RefusedException e) {
            throw new ClusterException("OBJECTS_LEFT", String.valueOf(e.getMessage()));
        }
    }
}
