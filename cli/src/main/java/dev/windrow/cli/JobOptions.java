package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.JobName;
import dev.windrow.runtime.RunRequest;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which job is meant, shared by {@code run} and {@code validate}. */
final class JobOptions {

    private JobOptions() {}

    static List<OptionSpec> options() {
        return List.of(
                Given.text("NAME", "-n", "--name"),
                Given.texts("path=value", "--set"),
                Given.texts("NAME=PATH", "--input"),
                Given.texts("NAME=PATH", "--output"),
                Given.text("EXE", "--python"),
                Given.whole("N", "--instances"),
                Given.flag("--strict-keys"));
    }

    /**
     * Reads the job and everything that was said about it.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     */
    static RunRequest request(ParseResult given, Shell shell) throws IOException {
        Path file = Path.of(Given.requiredPosition(given, 0));
        if (Files.isDirectory(file)) {
            throw Given.wrong(
                    given, "FILE: %s (expected: a job file, not a folder)".formatted(file));
        }
        LoadedJob loaded =
                JobReader.read(
                        file,
                        new ReadOptions(
                                Given.texts(given, "--set"),
                                Given.pairs(given, "--input"),
                                Given.pairs(given, "--output"),
                                Given.has(given, "--strict-keys"),
                                true));
        return new RunRequest(
                name(given, loaded, file, shell),
                loaded,
                Python.asked(given, shell),
                instances(given));
    }

    private static String name(ParseResult given, LoadedJob loaded, Path file, Shell shell) {
        String name =
                Given.text(given, "--name")
                        .or(() -> loaded.job().labels().name().map(Object::toString))
                        .orElseGet(() -> FreshName.of(file, shell.clock().instant()));
        if (!JobName.isLegal(name)) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    "name: %s (expected: %s)".formatted(name, JobName.RULE));
        }
        return name;
    }

    static OptionalInt instances(ParseResult given) {
        OptionalInt count = Given.whole(given, "--instances");
        if (count.isPresent() && count.getAsInt() < 1) {
            throw Given.wrong(
                    given, "--instances: %d (expected: >= 1)".formatted(count.getAsInt()));
        }
        return count;
    }
}
