package dev.windrow.data.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.TestTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {
    private static final String IN = "inputs.images.path";
    private static final String OUT = "outputs.rows.path";
    private static final OutputNames NAMES = new OutputNames("step-1", "rows");

    @TempDir Path folder;

    private Path home;
    private Path jobs;
    private Places places;

    @BeforeEach
    void makePlaces() throws IOException {
        home = folder.resolve("home");
        jobs = Files.createDirectory(folder.resolve("jobs"));
        places = new Places(home, jobs);
        TestTree.file(jobs.resolve("data/a.jpg"));
        TestTree.file(folder.resolve("beside/a b.jpg"));
        TestTree.file(home.resolve("datastores/store/in/a.jpg"));
    }

    @Test
    void findsLocalPathsFromTheJobFile() {
        assertThat(folder("data")).isEqualTo(jobs.resolve("data"));
        assertThat(folder("./data/")).isEqualTo(jobs.resolve("data"));
        assertThat(folder("../beside")).isEqualTo(folder.resolve("beside"));
        assertThat(folder(jobs + "/data")).isEqualTo(jobs.resolve("data"));
        assertThat(folder("file://" + jobs + "/data")).isEqualTo(jobs.resolve("data"));
        assertThat(places.input(IN, "file://" + folder + "/beside/a%20b.jpg", PlaceKind.URI_FILE))
                .isEqualTo(folder.resolve("beside/a b.jpg"));
    }

    @Test
    void takesAColonInAFileNameForWhatItIs() {
        TestTree.file(jobs.resolve("run:1/a"));

        assertThat(folder("run:1")).isEqualTo(jobs.resolve("run:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azureml://datastores/store/paths/in",
                "azureml://datastores/store/paths/in/",
                "azureml://subscriptions/s/resourcegroups/r/workspaces/w/datastores/store/paths/in",
                "azureml://subscriptions/s/resourceGroups/r/providers/p/workspaces/w/datastores/store/paths/./in"
            })
    void mapsDatastoresToFoldersBelowHome(String uri) {
        assertThat(folder(uri)).isEqualTo(home.resolve("datastores/store/in"));
    }

    @ParameterizedTest
    @CsvSource({
        "azureml://datastores/store/paths/../../secret",
        "azureml://datastores/store/paths/in/../../other/x",
        "azureml://datastores/../paths/x",
        "azureml://datastores/a b/paths/x"
    })
    void refusesToLeaveADatastore(String uri) {
        assertFault(DataError.PATH_REFUSED, () -> folder(uri), IN + ": " + uri + " (expected: a ");
    }

    @Test
    void refusesToLeaveADatastoreThroughALink() throws IOException {
        Files.createSymbolicLink(home.resolve("datastores/store/out"), folder.resolve("beside"));
        Files.createSymbolicLink(
                home.resolve("datastores/store/same"), home.resolve("datastores/store/in"));

        assertFault(
                DataError.PATH_REFUSED,
                () -> folder("azureml://datastores/store/paths/out"),
                "stays inside");
        assertFault(
                DataError.PATH_REFUSED,
                () ->
                        places.output(
                                OUT,
                                "azureml://datastores/store/paths/out/new/x",
                                PlaceKind.URI_FILE,
                                NAMES),
                OUT);
        assertThat(folder("azureml://datastores/store/paths/same")).exists();
    }

    @Test
    void letsADatastoreItselfBeALink() throws IOException {
        Files.createSymbolicLink(home.resolve("datastores/mount"), folder.resolve("beside"));

        assertThat(folder("azureml://datastores/mount/paths/"))
                .isEqualTo(home.resolve("datastores/mount"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x/y",
                "wasbs://c@a/y",
                "abfss://c@a/y",
                "adl://a/y",
                "s3://b/y",
                "azureml:images:1",
                "azureml:images@latest",
                "azureml://registries/r/data/d"
            })
    void refusesRemotePathsAndSaysWhatToDo(String value) {
        assertFault(DataError.NOT_SUPPORTED, () -> folder(value), "--input images=PATH");
        assertFault(
                DataError.NOT_SUPPORTED,
                () -> places.output(OUT, value, PlaceKind.URI_FOLDER, NAMES),
                value);
    }

    @Test
    void checksThatAnInputIsWhatItsTypeSays() {
        assertFault(
                DataError.INPUT_MISSING, () -> folder("nothing"), IN + ": " + jobs + "/nothing");
        assertFault(DataError.INPUT_WRONG_KIND, () -> folder("data/a.jpg"), "uri_folder");
        assertFault(
                DataError.INPUT_WRONG_KIND,
                () -> places.input(IN, "data", PlaceKind.URI_FILE),
                "uri_file");
        assertFault(
                DataError.INPUT_WRONG_KIND,
                () -> places.input(IN, "data", PlaceKind.MLTABLE),
                "MLTable");
        assertFault(DataError.PATH_REFUSED, () -> folder(""), "path");
        assertFault(DataError.PATH_REFUSED, () -> folder("a\0b"), "NUL");
        assertFault(DataError.PATH_REFUSED, () -> folder("file://host/x"), "file:///ABSOLUTE/PATH");
        assertFault(
                DataError.INPUT_WRONG_KIND,
                () -> places.input(IN, "data/a.jpg", PlaceKind.MLFLOW_MODEL),
                "a folder, because the type is mlflow_model");
        assertThat(places.input(IN, "data/a.jpg", PlaceKind.CUSTOM_MODEL)).isRegularFile();
        assertThat(places.input(IN, "data", PlaceKind.CUSTOM_MODEL)).isDirectory();
        TestTree.file(jobs.resolve("data/MLTable"));
        assertThat(places.input(IN, "data", PlaceKind.MLTABLE)).isEqualTo(jobs.resolve("data"));
    }

    @Test
    void putsAnOutputWithoutAPathWhereAzurePutsIt() {
        OutputPlace place = places.defaultOutput(PlaceKind.URI_FOLDER, NAMES);

        assertThat(place.path())
                .isEqualTo(home.resolve("datastores/workspaceblobstore/azureml/step-1/rows"));
        assertThat(place.aggregateFile()).isEqualTo(place.path().resolve("parallel_run_step.txt"));
        assertThat(place.folder()).isEqualTo(place.path());
        assertThat(place.path()).doesNotExist();
    }

    @Test
    void expandsTheDocumentedExpressions() {
        OutputPlace place =
                places.output(
                        OUT, "out/${{name}}/${{ output_name }}.csv", PlaceKind.URI_FILE, NAMES);

        assertThat(place.aggregateFile()).isEqualTo(jobs.resolve("out/step-1/rows.csv"));
        assertThat(place.folder()).isEqualTo(jobs.resolve("out/step-1"));
        assertFault(
                DataError.PATH_REFUSED,
                () -> places.output(OUT, "${{other}}/x", PlaceKind.URI_FILE, NAMES),
                OUT + ": ${{other}} (expected: ${{name}}");
        assertThatThrownBy(() -> new OutputNames("../x", "rows")).isInstanceOf(DataException.class);
    }

    @Test
    void keepsTheAggregateFileInsideItsFolder() throws IOException {
        OutputPlace place = places.output(OUT, "out", PlaceKind.URI_FOLDER, NAMES);
        Files.createDirectories(jobs.resolve("out"));
        Files.createSymbolicLink(jobs.resolve("out/link"), folder.resolve("beside"));

        assertThat(place.aggregateFile("append_row_file_name", "a.txt"))
                .isEqualTo(jobs.resolve("out/a.txt"));
        assertFault(
                DataError.PATH_REFUSED, () -> place.aggregateFile("f", "../a.txt"), "f: ../a.txt");
        assertFault(
                DataError.PATH_REFUSED,
                () -> place.aggregateFile("f", "link/a.txt"),
                "f: link/a.txt");
    }

    @Test
    void refusesAnOutputOfTheOtherKind() {
        assertFault(
                DataError.OUTPUT_UNWRITABLE,
                () -> places.output(OUT, "data", PlaceKind.URI_FILE, NAMES),
                "uri_file");
        assertFault(
                DataError.OUTPUT_UNWRITABLE,
                () -> places.output(OUT, "data/a.jpg", PlaceKind.URI_FOLDER, NAMES),
                "uri_folder");
    }

    private Path folder(String value) {
        return places.input(IN, value, PlaceKind.URI_FOLDER);
    }

    private static void assertFault(DataError code, ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }
}
