package dev.windrow.k8s.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.k8s.TestCluster;
import dev.windrow.k8s.access.ClusterAccess;
import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.spec.InvalidJobException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of a real cluster, read with the rights that the manifest gives and no others. */
final class ClaimsClusterTest {

    private Optional<TestCluster> made = Optional.empty();

    @BeforeEach
    void make() {
        made = Optional.of(TestCluster.orSkip());
        cluster().apply(ClusterManifest.yaml(cluster().namespace()));
        cluster()
                .apply(
                        """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: single}
                        spec:
                          accessModes: [ReadWriteOnce]
                          storageClassName: ""
                          volumeName: none
                          resources: {requests: {storage: 1Mi}}
                        """);
    }

    @AfterEach
    void remove() {
        made.ifPresent(TestCluster::close);
    }

    private TestCluster cluster() {
        return made.orElseThrow();
    }

    private ClusterTarget target(URI address) {
        ClusterCredentials account = cluster().account();
        return new ClusterTarget(
                "/workspaces/default/computes/gpu",
                new Attachment(
                        new ClusterReference.Address(address),
                        cluster().namespace(),
                        false,
                        Optional.empty()),
                "abc",
                URI.create("http://windrow:7480"),
                new PodImages("agent", "job"),
                Optional.of(new ClusterCredentials(address, account.authority(), account.token())));
    }

    private void check(URI address, String claim, int instances) {
        Mistakes mistakes = new Mistakes(Jobs.load(""));
        ClusterPlaces places =
                new ClusterPlaces(
                        Map.of(),
                        Map.of("rows", new OutputPlace(Path.of("/d/rows"), PlaceKind.URI_FOLDER)),
                        List.of(),
                        Map.of(),
                        List.of(new DataVolume.Claim("0", "/d", claim)));
        new Claims(cluster().namespace(), instances, mistakes)
                .check(new Connections(new ClusterAccess(Map.of())), target(address), places);
        mistakes.check();
    }

    @Test
    void refusesWhatInstancesCannotShareAndWhatIsNotThere() {
        URI address = cluster().address();
        check(address, "single", 1);
        Assertions.assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> check(address, "single", 2))
                .satisfies(one ->
                        assertThat(one.mistakes())
                                .singleElement()
                                .satisfies(mistake ->
                                        assertThat(mistake.message())
                                                .isEqualTo(
                                                        "outputs.rows.path: on volume claim single, whose access modes are ReadWriteOnce (expected: ReadWriteMany for 2 instances on several machines, or one instance)")));
        Assertions.assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> check(address, "none", 1))
                .satisfies(one ->
                        assertThat(one.mistakes().getFirst().message())
                                .contains("kubectl --namespace " + cluster().namespace()));
    }

    @Test
    void aClusterThatIsAwayKeepsNoJobFromWaiting() {
        check(URI.create("https://127.0.0.1:1"), "none", 2);
    }
}
