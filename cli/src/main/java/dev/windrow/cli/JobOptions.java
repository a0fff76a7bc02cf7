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

/** The options that say which job is meant, shared by {@code run} and {@code validate}. */
final class JobOptions {

    private JobOptions() {}

    static Syntax add(Syntax syntax) {
        return syntax.value("NAME", "--name", "-n")
                .values("path=value", "--set")
                .values("NAME=PATH", "--input")
                .values("NAME=PATH", "--output")
                .value("EXE", "--python")
                .value("N", "--instances")
                .flag("--strict-keys");
    }

    /**
     * Reads the job and everything that was said about it.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     */
    static RunRequest request(Given given, Shell shell) throws IOException {
        Path file = Path.of(given.word(0));
        if (Files.isDirectory(file)) {
            throw new UsageException(
                    "FILE: %s (expected: a job file, not a folder)".formatted(file));
        }
        LoadedJob loaded =
                JobReader.read(
                        file,
                        new ReadOptions(
                                given.texts("--set"),
                                given.pairs("--input"),
                                given.pairs("--output"),
                                given.has("--strict-keys"),
                                true));
        return new RunRequest(
                name(given, loaded, file, shell),
                loaded,
                Python.asked(given, shell),
                given.whole("--instances"));
    }

    private static String name(Given given, LoadedJob loaded, Path file, Shell shell) {
        String name =
                given.text("--name")
                        .or(() -> loaded.job().labels().name().map(Object::toString))
                        .orElseGet(() -> FreshName.of(file, shell.clock().instant()));
        if (!JobName.isLegal(name)) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    "name: %s (expected: %s)".formatted(name, JobName.RULE));
        }
        return name;
    }
}
