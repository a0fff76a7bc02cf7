package dev.windrow.client;

import dev.windrow.model.Environment;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.spec.LocalPath;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes all local paths of a job absolute, so that jobs can be compared wherever they were written.
 *
 * @param base absolute folder that relative paths start from
 */
record Located(Path base) {

    ParallelJob of(ParallelJob job) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        job.inputs().forEach((name, input) -> inputs.put(name, input(input)));
        Map<String, Output> outputs = new LinkedHashMap<>();
        job.outputs().forEach((name, output) -> outputs.put(name, output(output)));
        return job.toBuilder().inputs(inputs).outputs(outputs).task(task(job.task())).build();
    }

    private Input input(Input input) {
        return switch (input) {
            case Input.Data data -> data.withPath(path(data.path()));
            case Input.Literal _, Input.Absent _ -> input;
        };
    }

    private Output output(Output output) {
        return output.path().map(path -> output.withPath(path(path))).orElse(output);
    }

    /** Without {@code code} the script is in the folder itself. */
    private RunFunction task(RunFunction task) {
        return new RunFunction(
                Optional.of(path(task.code().orElse("."))),
                task.entryScript(),
                task.programArguments(),
                task.environment().map(this::environment),
                task.appendRowTo());
    }

    private Environment environment(Environment environment) {
        return switch (environment) {
            case Environment.Named(String reference) ->
                    // A bare name is a registered environment.
                    new Environment.Named(
                            reference.matches("(?s)(\\.{0,2}/|file:).*")
                                    ? path(reference)
                                    : reference);
            case Environment.Inline inline ->
                    new Environment.Inline(
                            inline.image(),
                            inline.condaFile().map(this::path),
                            inline.buildPath().map(this::path));
        };
    }

    private String path(String text) {
        return LocalPath.resolve(base, text).map(Path::toString).orElse(text);
    }
}
