package dev.windrow.data.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumePlacesTest {

    private static final OutputNames NAMES = new OutputNames("nightly", "scores");

    private final VolumePlaces places =
            new VolumePlaces(Map.of("shots", Path.of("/data/shots"), "rows", Path.of("/rows")));

    @ParameterizedTest
    @CsvSource({
        "azureml://datastores/shots/paths/2026/11,/data/shots/2026/11",
        "azureml://datastores/shots/paths/,/data/shots",
        "azureml://datastores/shots,/data/shots",
        "azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/rows/paths/a,/rows/a"
    })
    void readsWhatADatastoreMeansForWhoeverSeesTheVolume(String value, String path) {
        assertThat(places.input("inputs.a.path", value)).isEqualTo(Path.of(path));
    }

    @Test
    void knowsExpressionsInOutputs() {
        OutputPlace place =
                places.output(
                        "outputs.scores.path",
                        "azureml://datastores/rows/paths/${{name}}/${{output_name}}",
                        PlaceKind.URI_FOLDER,
                        NAMES);
        assertThat(place.path()).isEqualTo(Path.of("/rows/nightly/scores"));
    }

    @ParameterizedTest
    @CsvSource({
        "./images,NOT_SUPPORTED",
        "/images,NOT_SUPPORTED",
        "https://example.org/x,NOT_SUPPORTED",
        "azureml:images@latest,NOT_SUPPORTED",
        "azureml://datastores/other/paths/x,NOT_SUPPORTED",
        "azureml://datastores/shots/paths/../../etc,PATH_REFUSED",
        "azureml://datastores/shots/paths/../shots2,PATH_REFUSED"
    })
    void refusesWhatPodsDoNotSee(String value, DataError error) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> places.input("inputs.a.path", value))
                .withMessageStartingWith("inputs.a.path: " + value)
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
    }

    @Test
    void hasNoPlaceForAnOutputWithoutAPathUnlessTheDefaultIsAVolume() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> places.defaultOutput(PlaceKind.URI_FOLDER, NAMES));
        VolumePlaces others = new VolumePlaces(Map.of("workspaceblobstore", Path.of("/blobs")));
        assertThat(others.defaultOutput(PlaceKind.URI_FOLDER, NAMES).path())
                .isEqualTo(Path.of("/blobs/azureml/nightly/scores"));
    }
}
