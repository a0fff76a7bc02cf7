package dev.windrow.k8s.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Mistake;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of a job whose data is on volume claims. */
final class ClaimsTest {

    private static final ClusterPlaces PLACES =
            new ClusterPlaces(
                    Map.of("docs", Path.of("/windrow/datastores/in/docs")),
                    Map.of(
                            "rows",
                            new OutputPlace(
                                    Path.of("/windrow/datastores/out/rows"), PlaceKind.URI_FOLDER)),
                    List.of(),
                    Map.of(),
                    List.of(
                            new DataVolume.Claim("0", "/windrow/datastores/in", "reading"),
                            new DataVolume.Claim("1", "/windrow/datastores/out", "writing"),
                            new DataVolume.HostFolder("2", "/windrow/datastores/host", "/mnt")));

    private static Optional<PersistentVolumeClaim> claim(String asked, List<String> bound) {
        return Optional.of(
                new PersistentVolumeClaimBuilder()
                        .withNewSpec()
                        .withAccessModes(asked)
                        .endSpec()
                        .withNewStatus()
                        .withAccessModes(bound)
                        .endStatus()
                        .build());
    }

    private static void check(int instances, Map<String, Optional<PersistentVolumeClaim>> cluster) {
        Mistakes mistakes = new Mistakes(Jobs.load(""));
        new Claims("team-a", instances, mistakes)
                .check(PLACES, name -> cluster.getOrDefault(name, Optional.empty()));
        mistakes.check();
    }

    private static List<String> refused(
            int instances, Map<String, Optional<PersistentVolumeClaim>> cluster) {
        return Objects.requireNonNull(
                        catchThrowableOfType(
                                InvalidJobException.class, () -> check(instances, cluster)))
                .mistakes()
                .stream()
                .map(Mistake::message)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadWriteOnce", "ReadWriteOncePod"})
    void severalInstancesDoNotShareAVolumeOfOneMachine(String mode) {
        Map<String, Optional<PersistentVolumeClaim>> cluster =
                Map.of(
                        "reading", claim("ReadOnlyMany", List.of()),
                        "writing", claim(mode, List.of(mode)));
        assertThat(refused(4, cluster))
                .containsExactly(
                        "outputs.rows.path: on volume claim writing, whose access modes are %s (expected: ReadWriteMany for 4 instances on several machines, or one instance)"
                                .formatted(mode));
        assertThatCode(() -> check(1, cluster)).doesNotThrowAnyException();
    }

    @Test
    void whatTheVolumeCanCountsMoreThanWhatWasAskedFor() {
        assertThatCode(() ->
                        check(
                                4,
                                Map.of(
                                        "reading", claim("ReadWriteMany", List.of()),
                                        "writing",
                                                claim(
                                                        "ReadWriteOnce",
                                                        List.of(
                                                                "ReadWriteOnce",
                                                                "ReadWriteMany")))))
                .doesNotThrowAnyException();
    }

    @Test
    void aClaimThatIsNotThereIsRefusedWithTheCommandThatListsThem() {
        assertThat(refused(1, Map.of("writing", claim("ReadWriteMany", List.of()))))
                .containsExactly(
                        "inputs.docs.path: on volume claim reading (expected: a claim of namespace team-a; kubectl --namespace team-a get pvc lists them)");
    }
}
