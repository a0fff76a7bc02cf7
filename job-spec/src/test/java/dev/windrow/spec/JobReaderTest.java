package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.model.Bindable;
import dev.windrow.model.DataType;
import dev.windrow.model.Environment;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.InputMode;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobReaderTest {
    /** Every field of a parallel job, as an author would write it. */
    static final String FULL =
            """
            $schema: https://example.org/parallel.json
            type: parallel
            name: score-docs
            display_name: Score
            description: Scores documents.
            tags: {team: search, year: 2026}
            properties: {a: b}
            experiment_name: scoring
            compute: azureml:k8s-pool
            inputs:
              docs: {type: uri_folder, path: ./docs, mode: ro_mount}
              weights: {type: custom_model, path: ../weights, mode: download}
              language: fr
              rate: 0.10
              exact: true
              limit: {type: integer, default: 5, max: 9, optional: true}
              extra: {type: uri_file, optional: true}
            outputs:
              lines: {type: uri_file, mode: rw_mount, path: "./out/${{name}}/lines.csv", overwrite: false}
              artefacts:
            input_data: ${{ inputs.docs }}
            output_data: ${{outputs.artefacts}}
            mini_batch_size: "20"
            max_concurrency_per_instance: 4
            mini_batch_error_threshold: 3
            error_threshold: 100
            logging_level: Info
            retry_settings: {max_retries: 2, timeout: 120}
            resources: {instance_count: 5, instance_type: gpu-small, shm_size: 4g, max_instance_count: 7}
            environment_variables: {OMP_NUM_THREADS: "1"}
            identity: {type: managed}
            is_deterministic: false
            task:
              type: run_function
              code: ./src
              entry_script: score/entry.py
              environment: {image: "python:3.13", conda_file: ./conda.yml}
              program_arguments: >-
                --weights ${{inputs.weights}} --lang ${{inputs.language}}
                --artefacts ${{outputs.artefacts}} $[[ --extra ${{inputs.extra}} ]]
              append_row_to: ${{outputs.lines}}
            """;

    @Test
    void readsEveryField() {
        LoadedJob loaded = read(FULL, ReadOptions.plain());
        ParallelJob job = loaded.job();

        assertThat(loaded.warnings()).isEmpty();
        assertThat(job.labels().name()).map(Object::toString).contains("score-docs");
        assertThat(job.labels().tags()).isEqualTo(Map.of("team", "search", "year", "2026"));
        assertThat(job.inputs())
                .containsExactly(
                        Map.entry(
                                "docs",
                                new Input.Data(
                                        Optional.of(DataType.URI_FOLDER),
                                        "./docs",
                                        Optional.of(InputMode.RO_MOUNT))),
                        Map.entry(
                                "weights",
                                new Input.Data(
                                        Optional.of(DataType.CUSTOM_MODEL),
                                        "../weights",
                                        Optional.of(InputMode.DOWNLOAD))),
                        Map.entry("language", Input.Literal.of("fr")),
                        Map.entry("rate", new Input.Literal(LiteralKind.NUMBER, "0.10")),
                        Map.entry("exact", Input.Literal.of(true)),
                        Map.entry("limit", Input.Literal.of(5)),
                        Map.entry("extra", new Input.Absent(Optional.of("uri_file"))));
        assertThat(job.outputs()).containsEntry("artefacts", Output.unset());
        assertThat(job.outputs())
                .hasEntrySatisfying(
                        "lines", lines -> assertThat(lines.effectiveOverwrite()).isFalse())
                .hasEntrySatisfying(
                        "artefacts", unset -> assertThat(unset.effectiveOverwrite()).isTrue());
        assertThat(job.split().input()).isEqualTo("docs");
        assertThat(job.split().miniBatchSize()).contains(Bindable.of(MiniBatchSize.of(20)));
        assertThat(job.settings().loggingLevel()).contains(LoggingLevel.INFO);
        assertThat(job.settings().retrySettings().timeout()).contains(Bindable.of(120));
        assertThat(job.placement().identity()).contains(new Identity(Identity.Kind.MANAGED));
        assertThat(job.placement().resources().instanceType()).containsExactly("gpu-small");
        assertThat(job.task().appendRowTo()).contains("lines");
        assertThat(job.task().environment())
                .contains(
                        new Environment.Inline(
                                Optional.of("python:3.13"),
                                Optional.of("./conda.yml"),
                                Optional.empty()));
        assertThat(job.isDeterministic()).contains(false);
        assertThat(loaded.place("task.entry_script")).isEqualTo(new Place(36, 17));
    }

    @Test
    void keepsUnknownKeysAndWarnsWithAHint() {
        String yaml =
                FULL
                        + "  args: --x\nerror_treshold: 5\ntimeout: 5\nallowed_failed_percent: 5\n"
                        + "zzz: [1, null]\n";

        LoadedJob loaded = read(yaml, ReadOptions.plain());

        assertThat(loaded.warnings())
                .extracting(Notice::toString)
                .containsExactly(
                        "42:3 task.args: unknown key, has no effect; did you mean"
                                + " program_arguments?",
                        "43:1 error_treshold: unknown key, has no effect; did you mean"
                                + " error_threshold?",
                        "44:1 timeout: unknown key, has no effect; it belongs under retry_settings",
                        "45:1 allowed_failed_percent: unknown key, has no effect; it is an option"
                                + " in task.program_arguments: --allowed_failed_percent",
                        "46:1 zzz: unknown key, has no effect");
        assertThat(loaded.job().kept())
                .containsEntry("error_treshold", 5L)
                .containsEntry("task", Map.of("args", "--x"));
        assertThat(read(JobWriter.yaml(loaded.job()), ReadOptions.plain()).job())
                .isEqualTo(loaded.job());
    }

    @Test
    void takesFieldsThatThePythonBuilderPutsAtTheRoot() {
        String yaml =
                """
                type: parallel
                inputs: {docs: ./docs, model: "azureml:m:1"}
                outputs: {rows: ./rows}
                input_data: ${{inputs.docs}}
                instance_count: 3
                code: ./src
                append_row_to: ${{outputs.rows}}
                task: {type: function, entry_script: pkg.main}
                """;

        LoadedJob loaded = read(yaml, ReadOptions.plain());

        assertThat(loaded.job().inputs())
                .containsEntry("docs", Input.Data.at("./docs"))
                .containsEntry("model", Input.Data.at("azureml:m:1"));
        assertThat(loaded.job().outputs()).containsEntry("rows", Output.unset().withPath("./rows"));
        assertThat(loaded.job().placement().resources().instanceCount()).contains(Bindable.of(3));
        assertThat(loaded.job().task().code()).contains("./src");
        assertThat(loaded.job().task().appendRowTo()).contains("rows");
        assertThat(loaded.warnings())
                .extracting(Notice::text)
                .containsExactly("task.type: function is the old word, taken for run_function");
    }

    @Test
    void followsAnchorsAndMergeKeys() {
        String yaml =
                """
                type: parallel
                x-base: &base {type: uri_folder, path: ./a}
                inputs:
                  docs: *base
                  more: {<<: *base, path: ./b}
                input_data: ${{inputs.docs}}
                task: {type: run_function, entry_script: s.py}
                """;

        Map<String, Input> inputs = read(yaml, ReadOptions.plain()).job().inputs();

        Optional<DataType> folder = Optional.of(DataType.URI_FOLDER);
        assertThat(inputs)
                .containsEntry("docs", new Input.Data(folder, "./a", Optional.empty()))
                .containsEntry("more", new Input.Data(folder, "./b", Optional.empty()));
    }

    @Test
    void readsLettersBeyond16BitsAtAnyOffset() {
        for (int offset = 1000; offset < 1100; offset++) {
            String yaml = "# " + "x".repeat(offset) + "\uD83D\uDE00\n" + FULL;

            assertThat(read(yaml, ReadOptions.plain()).job().labels().displayName())
                    .contains("Score");
        }
    }

    @Test
    void readsJson() {
        String json =
                """
                {"type": "parallel", "inputs": {"d": {"path": "./d"}}, "input_data": "${{inputs.d}}",
                 "task": {"type": "run_function", "entry_script": "s.py"}}
                """;

        assertThat(read(json, ReadOptions.plain()).job().task().entryScript()).isEqualTo("s.py");
    }

    @Test
    void putsTheCommandLineInPlaceOfTheFile() {
        ReadOptions options =
                new ReadOptions(
                        List.of(
                                "retry_settings.timeout=5",
                                "inputs.language=de",
                                "tags.a.b=c",
                                "partition_keys=[x, y]",
                                "compute="),
                        Map.of("docs", "/data/docs", "extra", "https://example.org/x"),
                        Map.of("artefacts", "/data/out"),
                        true,
                        false);

        LoadedJob loaded = read(FULL, options);

        ParallelJob job = loaded.job();
        assertThat(job.settings().retrySettings().timeout()).contains(Bindable.of(5));
        assertThat(job.settings().retrySettings().maxRetries()).contains(Bindable.of(2));
        assertThat(job.inputs())
                .containsEntry("language", Input.Literal.of("de"))
                .containsEntry(
                        "docs",
                        new Input.Data(
                                Optional.of(DataType.URI_FOLDER),
                                "/data/docs",
                                Optional.of(InputMode.RO_MOUNT)))
                .containsEntry(
                        "extra",
                        new Input.Data(
                                Optional.of(DataType.URI_FILE),
                                "https://example.org/x",
                                Optional.empty()));
        assertThat(job.outputs().get("artefacts")).isEqualTo(Output.unset().withPath("/data/out"));
        assertThat(job.labels().tags()).containsEntry("a.b", "c");
        assertThat(job.split().partitionKeys()).containsExactly("x", "y");
        assertThat(job.placement().compute()).isEmpty();
        assertThat(loaded.overridden()).contains("retry_settings.timeout", "inputs.docs.path");
    }

    @Test
    void checksThatCodeScriptAndInputsExist(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("job.yml");
        Files.writeString(file, FULL);
        ReadOptions checked = new ReadOptions(List.of(), Map.of(), Map.of(), false, true);

        InvalidJobException thrown =
                catchThrowableOfType(
                        InvalidJobException.class, () -> JobReader.read(file, checked));

        assertThat(thrown.mistakes())
                .extracting(Mistake::path)
                .containsExactly("inputs.docs.path", "inputs.weights.path", "task.code");
        Files.createDirectories(folder.resolve("docs"));
        Files.createDirectories(folder.resolve("src/score"));
        Files.createFile(folder.resolve("src/score/entry.py"));
        ReadOptions weights =
                new ReadOptions(
                        List.of(), Map.of("weights", folder.toString()), Map.of(), false, true);
        assertThat(JobReader.read(file, weights).baseFolder()).isEqualTo(folder);
    }

    private static LoadedJob read(String yaml, ReadOptions options) {
        return JobReader.read(yaml, "job.yml", Path.of("/jobs"), options);
    }
}
