package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
import dev.windrow.cli.view.Words;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Lists a job's log files, or prints one, also while it grows. */
final class LogsVerb implements Verb {

    private static final String PROGRESS = "job_progress_overview.*.txt";
    private static final String FIRST = "job_result.txt";

    private final NamedJob job = NamedJob.first();
    private final PositionalParamSpec log =
            Args.maybeOperand(1, "FILE", String.class).description("the log file to print").build();

    private final OptionSpec follow =
            Args.flag(
                    "print it, and what is added to it until the job is at its end; without FILE how the job gets on. Ctrl-C ends this and not the job",
                    "-f",
                    "--follow");

    @Override
    public Page describe() {
        return Page.of("Lists the log files of a job, or prints one of them.")
                .operands(job.operand(), log)
                .options("", follow)
                .examples(
                        "windrow logs nightly job_result.txt",
                        "windrow logs nightly user/stdout/0/process000.stdout.txt -f");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        Path logs = catalog.folder(name).logs();
        Optional<String> file = Args.text(log);
        if (Args.given(follow)) {
            return follow(name, catalog, file, shell);
        }
        return file.isPresent() ? print(name, logs, file.get(), shell) : list(name, logs, shell);
    }

    private static int list(String name, Path logs, Shell shell) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        if (Files.isDirectory(logs)) {
            try (var tree = Files.walk(logs)) {
                for (Path file : tree.filter(Files::isRegularFile).sorted(order()).toList()) {
                    rows.add(
                            List.of(
                                    logs.relativize(file).toString(),
                                    Words.bytes(Files.size(file))));
                }
            }
        }
        if (rows.isEmpty()) {
            shell.err("no logs yet in " + logs);
            return ExitCode.COMPLETED;
        }
        shell.out(Columns.of(rows));
        shell.err("in " + logs + "; to print one: windrow logs " + name + " FILE");
        return ExitCode.COMPLETED;
    }

    private static Comparator<Path> order() {
        return Comparator.comparing((Path file) -> !file.endsWith(FIRST))
                .thenComparing(Path::toString);
    }

    /** A file that is not there yet may come, as long as the job is not at its end. */
    private static int follow(String name, JobCatalog catalog, Optional<String> file, Shell shell)
            throws IOException {
        Path logs = catalog.folder(name).logs();
        String pattern = file.orElse(PROGRESS);
        if (file.isPresent() && !logs.resolve(pattern).normalize().startsWith(logs)) {
            return notThere(name, pattern, shell);
        }
        Follower follower =
                file.isPresent()
                        ? new Follower(() -> one(logs.resolve(pattern).normalize()), shell.out())
                        : new Follower(() -> progress(logs), shell.out());
        new JobWatch(catalog, name, shell).untilItsEnd(follower::copy);
        return follower.found() ? ExitCode.COMPLETED : notThere(name, pattern, shell);
    }

    private static List<Path> one(Path file) {
        return Files.isRegularFile(file) ? List.of(file) : List.of();
    }

    /** A new file is begun each hour; their names are in the order of time. */
    private static List<Path> progress(Path logs) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(logs)) {
            try (var found = Files.newDirectoryStream(logs, PROGRESS)) {
                found.forEach(files::add);
            }
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    private static int notThere(String name, String file, Shell shell) {
        String text =
                "log: %s (expected: one of those that windrow logs %s lists)".formatted(file, name);
        return new Faults(shell, false)
                .report(List.of(Complaint.of("LOG_NOT_FOUND", text)), ExitCode.NOT_FOUND);
    }

    private static int print(String name, Path logs, String file, Shell shell) throws IOException {
        Path path = logs.resolve(file).normalize();
        if (!path.startsWith(logs) || !Files.isRegularFile(path)) {
            return notThere(name, file, shell);
        }
        Files.copy(path, shell.out());
        shell.out().flush();
        return ExitCode.COMPLETED;
    }
}
