package dev.windrow.spec;

import dev.windrow.model.Environment;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Rewrites the local paths of a job, wherever it has some.
 *
 * @param path gives the new text of one; what is no local path it gives back
 */
public record JobPaths(UnaryOperator<String> path) {

    /** The job with its paths rewritten. */
    public ParallelJob of(ParallelJob job) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        job.inputs().forEach((name, input) -> inputs.put(name, input(input)));
        Map<String, Output> outputs = new LinkedHashMap<>();
        job.outputs().forEach((name, output) -> outputs.put(name, output(output)));
        return job.toBuilder().inputs(inputs).outputs(outputs).task(task(job.task())).build();
    }

    /** Makes local paths absolute that start from a folder, and file URLs too. */
    public static JobPaths located(Path from) {
        return new JobPaths(text -> LocalPath.resolve(from, text).map(Path::toString).orElse(text));
    }

    /**
     * Rewrites relative paths by their text alone, so that going back gives the same.
     *
     * @param from absolute folder that they start from now
     * @param written how an absolute path is to be written
     */
    static JobPaths moved(Path from, Function<Path, String> written) {
        return new JobPaths(text -> moved(text, from, written));
    }

    private static String moved(String text, Path from, Function<Path, String> written) {
        boolean file = text.startsWith("file:");
        String bare = file ? text.substring("file:".length()) : text;
        if (bare.startsWith("/") || bare.startsWith("${{") || LocalPath.hasScheme(bare)) {
            return text;
        }
        return (file ? "file:" : "") + written.apply(from.resolve(bare).normalize());
    }

    private Input input(Input input) {
        return switch (input) {
            case Input.Data data -> data.withPath(path.apply(data.path()));
            case Input.Literal _, Input.Absent _ -> input;
        };
    }

    private Output output(Output output) {
        return output.path().map(its -> output.withPath(path.apply(its))).orElse(output);
    }

    /**
     * Without {@code code} the script is beside the job file, in the folder that paths start from.
     */
    private RunFunction task(RunFunction task) {
        return new RunFunction(
                Optional.of(path.apply(task.code().orElse("."))),
                task.entryScript(),
                task.programArguments(),
                task.environment().map(this::environment),
                task.appendRowTo());
    }

    private Environment environment(Environment environment) {
        return switch (environment) {
            case Environment.Named(String reference) ->
                    new Environment.Named(isPath(reference) ? path.apply(reference) : reference);
            case Environment.Inline inline ->
                    new Environment.Inline(
                            inline.image(),
                            inline.condaFile().map(path),
                            inline.buildPath().map(path));
        };
    }

    /** A bare name is a registered environment. */
    static boolean isPath(String reference) {
        return reference.startsWith("/")
                || reference.startsWith("./")
                || reference.startsWith("../")
                || reference.startsWith("file:");
    }
}
