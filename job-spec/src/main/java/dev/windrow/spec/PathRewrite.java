package dev.windrow.spec;

import dev.windrow.model.Environment;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.RunFunction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rewrites the relative local paths of a job, by their text alone.
 *
 * @param from absolute folder that they start from now
 * @param written how an absolute path is to be written
 */
record PathRewrite(Path from, Function<Path, String> written) {
    Input input(Input input) {
        return switch (input) {
            case Input.Data data -> data.withPath(path(data.path()));
            case Input.Literal _, Input.Absent _ -> input;
        };
    }

    Output output(Output output) {
        return output.path().map(path -> output.withPath(path(path))).orElse(output);
    }

    /** Without {@code code} the script is beside the job file, which is about to move. */
    RunFunction task(RunFunction task) {
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
                    new Environment.Named(isPath(reference) ? path(reference) : reference);
            case Environment.Inline inline ->
                    new Environment.Inline(
                            inline.image(),
                            inline.condaFile().map(this::path),
                            inline.buildPath().map(this::path));
        };
    }

    /** A bare name is a registered environment. */
    private static boolean isPath(String reference) {
        return reference.startsWith("./")
                || reference.startsWith("../")
                || reference.startsWith("file:");
    }

    private String path(String text) {
        boolean file = text.startsWith("file:");
        String bare = file ? text.substring("file:".length()) : text;
        if (bare.startsWith("/") || bare.startsWith("${{")) {
            return text;
        }
        if (LocalPath.hasScheme(bare)) {
            return text;
        }
        return (file ? "file:" : "") + written.apply(from.resolve(bare).normalize());
    }
}
