package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest {
    @Test
    void fillsTheNamesIntoAnOutputsPath() {
        assertThat(OutputPaths.expand("o/${{ name }}/${{output_name}}.csv", "job$1", "rows"))
                .isEqualTo("o/job$1/rows.csv");
        assertThat(OutputPaths.expand("a/${{default_datastore}}", "job", "rows"))
                .isEqualTo("a/${{default_datastore}}");
    }

    @ParameterizedTest
    @CsvSource({
        "./docs, /jobs/docs",
        "../w, /w",
        "/abs, /abs",
        "file:./x, /jobs/x",
        "file:///x/y, /x/y",
        "a b, /jobs/a b"
    })
    void findsPathsOnThisMachine(String text, String path) {
        assertThat(LocalPath.resolve(Path.of("/jobs"), text)).contains(Path.of(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azureml:docs:3",
                "azureml://datastores/d/paths/p",
                "https://example.org/x",
                "git+https://example.org/x",
                "o/${{name}}"
            })
    void findsNoPathInAssetsAddressesAndExpressions(String text) {
        assertThat(LocalPath.resolve(Path.of("/jobs"), text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "error_treshold, error_threshold",
        "inptus, inputs",
        "enviroment, environment",
        "tiemout, timeout"
    })
    void guessesWhatWasMeant(String typed, String meant) {
        assertThat(
                        NearMiss.of(
                                typed,
                                List.of("error_threshold", "inputs", "environment", "timeout")))
                .contains(meant);
    }
}
