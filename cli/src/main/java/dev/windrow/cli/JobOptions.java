package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.JobName;
import dev.windrow.runtime.RunRequest;
import dev.windrow.spec.CondaFile;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What says which job is meant and how it runs, shared by {@code run} and {@code validate}. */
final class JobOptions {

    private final PositionalParamSpec file =
            Args.operand(0, "FILE", File.class).description("the job file").build();
    private final OptionSpec name;
    private final OptionSpec set =
            Args.texts(
                    "path=value",
                    "set any field, such as retry_settings.timeout=120; repeatable",
                    "--set");
    private final OptionSpec input =
            Args.texts("NAME=PATH", "another path for an input; repeatable", "--input");
    private final OptionSpec output =
            Args.texts("NAME=PATH", "another path for an output; repeatable", "--output");
    private final OptionSpec strict =
            Args.flag("take unknown keys in the file for mistakes", "--strict-keys");
    private final Python python =
            Python.option(
                    "the Python of the workers; else WINDROW_PYTHON, an active virtual"
                            + " environment, python3");
    private final OptionSpec instances =
            Args.whole("N", "run N agents, each with its own workers (default 1)", "--instances");

    private final EnvironmentChoice environment = EnvironmentChoice.offered();

    /**
     * Options of one verb.
     *
     * @param naming what the help of {@code --name} says
     */
    JobOptions(String naming) {
        name = Args.text("NAME", naming, "-n", "--name");
    }

    PositionalParamSpec operand() {
        return file;
    }

    /** Those that say which job is meant. */
    List<OptionSpec> which() {
        return List.of(name, set, input, output, strict);
    }

    /** Those that say how it runs. */
    List<OptionSpec> how() {
        return List.of(python.option(), environment.option(), instances);
    }

    /**
     * Reads the job and everything that was said about it.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     */
    RunRequest request(Shell shell) throws IOException {
        Path path = Args.path(file).orElseThrow();
        if (Files.isDirectory(path)) {
            throw new UsageException(
                    "FILE: %s (expected: a job file, not a folder)".formatted(path));
        }
        LoadedJob loaded =
                JobReader.read(
                        path,
                        new ReadOptions(
                                Args.texts(set),
                                pairs(input),
                                pairs(output),
                                Args.given(strict),
                                true));
        return new RunRequest(
                        name(loaded, path, shell),
                        loaded,
                        python.asked(shell),
                        Args.whole(instances))
                .in(CondaFile.settle(loaded, path.toString(), environment.asked()));
    }

    /** Values of the form {@code NAME=PATH}; the last of a name counts. */
    private static Map<String, String> pairs(OptionSpec option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : Args.texts(option)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "%s: %s (expected: NAME=PATH)".formatted(option.longestName(), text));
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    private String name(LoadedJob loaded, Path path, Shell shell) {
        String chosen =
                Args.text(name)
                        .or(() -> loaded.job().labels().name().map(Object::toString))
                        .orElseGet(() -> FreshName.of(path, shell.clock().instant()));
        if (!JobName.isLegal(chosen)) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    "name: %s (expected: %s)".formatted(chosen, JobName.RULE));
        }
        return chosen;
    }
}
