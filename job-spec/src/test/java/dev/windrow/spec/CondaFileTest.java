package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.model.EnvironmentKind;
import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CondaFileTest {

    private static final Optional<EnvironmentKind> VENV = Optional.of(EnvironmentKind.VENV);

    private static final String GOOD =
            """
            name: score
            channels: [conda-forge]
            dependencies:
              - python=3.11
              - pip=23.1
              - pip:
                  - requests==2.31.0
                  - --index-url https://packages.example/simple
            """;

    private static final VirtualEnvironment MADE =
            new VirtualEnvironment(
                    new PythonRule("=3.11"),
                    List.of(
                            "pip==23.1.*",
                            "requests==2.31.0",
                            "--index-url https://packages.example/simple"));

    @TempDir Path folder;

    private LoadedJob job(String environment) {
        return job(environment, List.of());
    }

    private LoadedJob job(String environment, List<String> sets) {
        String yaml =
                """
                type: parallel
                inputs: {data: {path: ./in}}
                input_data: ${{inputs.data}}
                task:
                  type: run_function
                  entry_script: score.py
                  environment:%s
                """
                        .formatted(environment);
        ReadOptions options =
                new ReadOptions(sets, java.util.Map.of(), java.util.Map.of(), false, false);
        return JobReader.read(yaml, "job.yml", folder, options);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> mistakes(LoadedJob job, Optional<EnvironmentKind> asked) {
        InvalidJobException invalid =
                catchThrowableOfType(
                        InvalidJobException.class, () -> CondaFile.settle(job, "job.yml", asked));
        return String.valueOf(invalid.getMessage()).lines().toList();
    }

    @Test
    void readsAFileBesideTheJob() throws IOException {
        write("conda.yml", GOOD);

        assertThat(CondaFile.settle(job(" {conda_file: ./conda.yml}"), "job.yml", VENV))
                .contains(MADE);
    }

    @Test
    void readsOneThatIsWrittenInPlace() {
        String inPlace = "\n    conda_file:\n" + GOOD.indent(6);

        assertThat(CondaFile.settle(job(inPlace), "job.yml", VENV)).contains(MADE);
    }

    @Test
    void readsThatOfAnEnvironmentFile() throws IOException {
        Files.createDirectory(folder.resolve("env"));
        write("env/environment.yml", "name: score\nimage: python:3.11\nconda_file: conda.yml\n");
        write("env/conda.yml", GOOD);
        write("env/whole.yml", "conda_file:\n" + GOOD.indent(2));

        assertThat(CondaFile.settle(job(" ./env/environment.yml"), "job.yml", VENV)).contains(MADE);
        assertThat(CondaFile.settle(job(" file:./env/whole.yml"), "job.yml", VENV)).contains(MADE);
    }

    @Test
    void refusesOneThatNobodyAskedFor() throws IOException {
        write("environment.yml", "conda_file: conda.yml\n");
        String rule =
                " (expected: --environment venv, which installs what it lists under pip; or --set %s when the Python that runs the script has all of it)";

        assertThat(mistakes(job(" {conda_file: ./conda.yml}"), Optional.empty()))
                .containsExactly(
                        "job.yml:7:29 task.environment.conda_file: ./conda.yml"
                                + rule.formatted("task.environment.conda_file=null"));
        assertThat(mistakes(job("\n    conda_file: {dependencies: []}"), Optional.empty()))
                .containsExactly(
                        "job.yml:8:17 task.environment.conda_file: a mapping"
                                + rule.formatted("task.environment.conda_file=null"));
        assertThat(mistakes(job(" ./environment.yml"), Optional.empty()))
                .containsExactly(
                        "job.yml:7:16 task.environment: conda.yml"
                                + rule.formatted("task.environment=azureml:NAME"));
    }

    @Test
    void takesTheWayOutThatARefusalNames() throws IOException {
        List<String> without = List.of("task.environment.conda_file=null");

        assertThat(
                        CondaFile.settle(
                                job(" {conda_file: ./conda.yml}", without),
                                "job.yml",
                                Optional.empty()))
                .isEmpty();
        assertThat(
                        CondaFile.settle(
                                job("\n    conda_file: {dependencies: []}", without),
                                "job.yml",
                                Optional.empty()))
                .isEmpty();
    }

    @Test
    void wantsNothingOfOtherEnvironments() {
        assertThat(CondaFile.settle(job(" azureml:score@latest"), "job.yml", Optional.empty()))
                .isEmpty();
        assertThat(CondaFile.settle(job(" {image: python}"), "job.yml", Optional.empty()))
                .isEmpty();
    }

    @Test
    void refusesToMakeSomethingOfNothing() {
        assertThat(mistakes(job(" {image: python}"), VENV))
                .containsExactly(
                        "job.yml:7:16 task.environment.conda_file: missing (expected: a conda file, which --environment venv is made from)");
    }

    @Test
    void namesEverythingThatPipCannotInstallByItsLine() throws IOException {
        Path conda =
                write(
                        "conda.yml",
                        """
                        dependancies: []
                        variables: {A: b}
                        dependencies:
                          - numpy=1.26
                          - python~=3.9
                          - [list]
                          - pip:
                              - -r requirements.txt
                              - ./local
                              - "two\\nlines"
                              - 7
                        """);

        assertThat(mistakes(job(" {conda_file: conda.yml}"), VENV))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(conda + ":1:15 dependancies: an unknown"),
                        one -> assertThat(one).startsWith(conda + ":2:12 variables: variables"),
                        one ->
                                assertThat(one)
                                        .startsWith(conda + ":4:5 dependencies.0: numpy=1.26")
                                        .contains("packages of conda cannot be installed by pip"),
                        one ->
                                assertThat(one)
                                        .startsWith(conda + ":5:5 dependencies.1: python~=3.9"),
                        one -> assertThat(one).startsWith(conda + ":6:5 dependencies.2: a list"),
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                conda
                                                        + ":8:9 dependencies.3.pip.0: -r requirements.txt")
                                        .contains("--index-url"),
                        one ->
                                assertThat(one)
                                        .startsWith(conda + ":9:9 dependencies.3.pip.1: ./local"),
                        one ->
                                assertThat(one)
                                        .contains(conda + ":10:9 dependencies.3.pip.2: two lines"),
                        one -> assertThat(one).startsWith(conda + ":11:9 dependencies.3.pip.3: 7"));
    }

    @Test
    void namesTheLineOfAPackageThatIsWrittenInPlace() {
        String inPlace = "\n    conda_file:\n      dependencies:\n        - numpy\n";

        assertThat(mistakes(job(inPlace), VENV))
                .singleElement()
                .asString()
                .startsWith("job.yml:10:11 task.environment.conda_file.dependencies.0: numpy ");
    }

    @Test
    void refusesFilesThatAreNotThereOrNoYaml() throws IOException {
        assertThat(mistakes(job(" {conda_file: nothere.yml}"), VENV))
                .containsExactly(
                        "job.yml:7:29 task.environment.conda_file: nothere.yml (expected: a conda file that exists)");
        assertThat(mistakes(job(" ./nothere.yml"), Optional.empty()))
                .containsExactly(
                        "job.yml:7:16 task.environment: ./nothere.yml (expected: an environment file that exists)");
        Path odd = write("odd.yml", "dependencies: [\n");
        assertThat(mistakes(job(" {conda_file: odd.yml}"), VENV))
                .singleElement()
                .asString()
                .startsWith(odd + ":2:1 ");
        Path list = write("list.yml", "- a\n");
        assertThat(mistakes(job(" {conda_file: list.yml}"), VENV))
                .containsExactly(list + ":1:1 a list (expected: a mapping)");
        Path aliases = write("aliases.yml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
        assertThat(mistakes(job(" {conda_file: aliases.yml}"), VENV))
                .anySatisfy(one -> assertThat(one).startsWith(aliases + ":"));
        Path large = write("large.yml", "#" + "x".repeat(1 << 20));
        assertThat(mistakes(job(" {conda_file: large.yml}"), VENV))
                .singleElement()
                .asString()
                .startsWith(large + ":1:1 a larger file");
    }

    @Test
    void putsAFileInPlaceForWhoeverDoesNotSeeIt() throws IOException {
        write("conda.yml", GOOD);
        write("environment.yml", "image: python:3.11\nconda_file: conda.yml\n");

        for (String environment :
                List.of(" {image: 'python:3.11', conda_file: conda.yml}", " ./environment.yml")) {
            String yaml = JobWriter.yaml(CondaFile.inlined(job(environment)));
            LoadedJob sent = JobReader.read(yaml, "spec", Path.of("/nowhere"), ReadOptions.plain());

            assertThat(CondaFile.settle(sent, "spec", VENV)).contains(MADE);
            assertThat(yaml).contains("image: python:3.11").doesNotContain("conda.yml");
        }
    }

    @Test
    void leavesJobsAloneThatHaveNothingToPutInPlace() {
        for (String environment :
                List.of(" azureml:a@latest", " {image: a}", " {conda_file: nothere.yml}")) {
            LoadedJob loaded = job(environment);

            assertThat(CondaFile.inlined(loaded)).isEqualTo(loaded.job());
        }
    }
}
