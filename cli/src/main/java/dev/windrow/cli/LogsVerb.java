package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
import dev.windrow.cli.view.Words;
import dev.windrow.runtime.Assembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Lists a job's log files, or prints one. */
final class LogsVerb implements Verb {

    private static final String FIRST = "job_result.txt";

    private final NamedJob job = NamedJob.first();
    private final PositionalParamSpec log =
            Args.maybeOperand(1, "FILE", String.class).description("the log file to print").build();

    @Override
    public Page describe() {
        return Page.of("Lists the log files of a job, or prints one of them.")
                .operands(job.operand(), log)
                .examples("windrow logs nightly job_result.txt");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        Path logs = new Assembly(shell.home(), shell.clock()).catalog().folder(name).logs();
        Optional<String> file = Args.text(log);
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

    private static int print(String name, Path logs, String file, Shell shell) throws IOException {
        Path path = logs.resolve(file).normalize();
        if (!path.startsWith(logs) || !Files.isRegularFile(path)) {
            String text =
                    "log: %s (expected: one of those that windrow logs %s lists)"
                            .formatted(file, name);
            return new Faults(shell, false)
                    .report(List.of(Complaint.of("LOG_NOT_FOUND", text)), ExitCode.NOT_FOUND);
        }
        Files.copy(path, shell.out());
        shell.out().flush();
        return ExitCode.COMPLETED;
    }
}
