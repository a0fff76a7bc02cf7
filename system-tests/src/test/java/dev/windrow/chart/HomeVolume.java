package dev.windrow.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

/**
 * A volume for the server's claim. Clusters without a StorageClass are those of this machine: a
 * folder here is a volume there.
 *
 * @param folder empty where the cluster makes volumes itself
 */
record HomeVolume(RestrictedNamespace namespace, Path folder) implements AutoCloseable {

    private static final Path NONE = Path.of("");

    static HomeVolume of(RestrictedNamespace namespace, Path below) throws IOException {
        String classes = namespace.clusterWide("get", "storageclass", "--output=yaml");
        if (classes.contains("storageclass.kubernetes.io/is-default-class: \"true\"")) {
            return new HomeVolume(namespace, NONE);
        }
        Path folder = Files.createTempDirectory(below, "windrow-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = Files.createTempFile("volume", ".yml");
        Files.writeString(
                file,
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  claimRef: {namespace: %1$s, name: home-windrow-0}
                  hostPath: {path: %2$s, type: Directory}
                """
                        .formatted(namespace.name(), folder));
        namespace.clusterWide("create", "-f", file.toString());
        Files.delete(file);
        return new HomeVolume(namespace, folder);
    }

    /** The values that ask for it. */
    List<String> values() {
        return folder.equals(NONE)
                ? List.of()
                : List.of("--set", "persistence.storageClass=-,persistence.size=1Gi");
    }

    @Override
    public void close() throws IOException {
        if (folder.equals(NONE)) {
            return;
        }
        namespace.clusterWide("delete", "persistentvolume", namespace.name(), "--wait=false");
        try (var tree = Files.walk(folder)) {
            for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
