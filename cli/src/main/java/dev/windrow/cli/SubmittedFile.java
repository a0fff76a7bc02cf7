package dev.windrow.cli;

import dev.windrow.client.CreateOptions;
import dev.windrow.client.JobMistake;
import dev.windrow.client.ParallelJob;
import dev.windrow.model.JobName;
import dev.windrow.spec.CondaFile;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Notice;
import dev.windrow.spec.Place;
import dev.windrow.spec.ReadOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The job file that a server is handed, and what is said about it. */
final class SubmittedFile {

    private final PositionalParamSpec word =
            Args.maybeOperand(0, "FILE", File.class).description("the job file").build();
    private final OptionSpec file =
            Args.path("FILE", "the job file, as az ml has it", "-f", "--file");
    private final OptionSpec name =
            Args.text(
                    "NAME",
                    "its name; else the name in the file, else one is made up. The same name and"
                            + " job again changes nothing",
                    "-n",
                    "--name");
    private final OptionSpec set =
            Args.texts(
                    "path=value",
                    "set any field, such as retry_settings.timeout=120; repeatable",
                    "--set");
    private final OptionSpec strict =
            Args.flag("take unknown keys in the file for mistakes", "--strict-keys");
    private final OptionSpec skip =
            Args.flag(
                    "look at nothing here first, for code and inputs that only the server has",
                    "--skip-validation");
    private final UploadOptions sending = new UploadOptions();
    private final OptionSpec compute =
            Args.text(
                    "NAME",
                    "where it runs, whatever the file says; local is the server's machine",
                    "--compute");
    private final OptionSpec python =
            Args.text("EXE", "the Python of the workers, on the server", "--python");
    private final EnvironmentChoice environment = EnvironmentChoice.offered();
    private final OptionSpec instances =
            Args.whole("N", "run N agents, each with its own workers", "--instances");

    private final Set<String> told = new HashSet<>();

    /** What its author has been told of already. */
    Set<String> told() {
        return Set.copyOf(told);
    }

    PositionalParamSpec operand() {
        return word;
    }

    List<OptionSpec> which() {
        return List.of(name, file, set, strict, skip);
    }

    /** What is sent with it. */
    List<OptionSpec> sending() {
        return sending.all();
    }

    List<OptionSpec> how() {
        return List.of(compute, python, environment.option(), instances);
    }

    /**
     * Reads it, and says on standard error what its author should know.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     */
    ParallelJob read(Shell shell) throws IOException {
        LoadedJob loaded =
                JobReader.read(
                        path(),
                        new ReadOptions(
                                sets(), Map.of(), Map.of(), Args.given(strict), !Args.given(skip)));
        if (!Args.given(skip)) {
            CondaFile.settle(loaded, path().toString(), environment.asked());
        }
        for (Notice notice : loaded.warnings()) {
            // Which computes there are, the server knows.
            if (!notice.path().equals("compute")) {
                shell.err("note: " + text(notice));
            }
            told.add(notice.text());
        }
        return ParallelJob.of(loaded.job(), loaded.baseFolder());
    }

    private List<String> sets() {
        List<String> all = new ArrayList<>(Args.texts(set));
        Args.text(compute).ifPresent(name -> all.add("compute=" + name));
        return all;
    }

    private Path path() {
        Optional<Path> byWord = Args.path(word);
        Optional<Path> byOption = Args.path(file);
        if (byWord.isPresent() && byOption.isPresent()) {
            throw new UsageException(
                    "FILE: %s (expected: no word beside --file)".formatted(byWord.get()));
        }
        Path path =
                byWord.or(() -> byOption)
                        .orElseThrow(
                                () -> new UsageException("FILE: missing (expected: a job file)"));
        if (Files.isDirectory(path)) {
            throw new UsageException(
                    "FILE: %s (expected: a job file, not a folder)".formatted(path));
        }
        return path;
    }

    private static String text(Notice notice) {
        return notice.place().equals(Place.NONE)
                ? notice.text()
                : "line %d: %s".formatted(notice.place().line(), notice.text());
    }

    /** Says what helps when a server does not find what {@link #read} has found here. */
    void advise(List<JobMistake> mistakes, Shell shell) {
        if (!Args.given(skip)) {
            sending.advice(mistakes).ifPresent(text -> shell.err("note: " + text));
        }
    }

    CreateOptions options() {
        Optional<String> chosen = Args.text(name);
        if (chosen.isPresent() && !JobName.isLegal(chosen.get())) {
            throw new UsageException(
                    "name: %s (expected: %s)".formatted(chosen.get(), JobName.RULE));
        }
        return new CreateOptions(
                chosen,
                sets(),
                Args.text(python),
                environment.asked(),
                Args.whole(instances),
                Args.given(strict),
                Args.given(skip),
                sending.uploading());
    }
}
