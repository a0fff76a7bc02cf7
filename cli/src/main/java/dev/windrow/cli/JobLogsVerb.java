package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobFile;
import dev.windrow.client.JobListener.LogEvent;
import dev.windrow.client.LogFilter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;

/** Lists the log files of a server's job, or prints one of them, also while it grows. */
final class JobLogsVerb implements Verb {

    private final ServerJob job = ServerJob.withFile("the log file to print", String.class);
    private final OptionSpec follow =
            Args.flag(
                    "print what is added to FILE until the job ends, or without FILE to all of the"
                            + " script's log files",
                    "--follow");
    private final OptionSpec instance =
            Args.index("N", "list only files of this instance", "--instance");
    private final OptionSpec process =
            Args.text("NAME", "list only files of this worker, such as process000", "--process");
    private final OptionSpec miniBatch =
            Args.index("N", "list only files of the workers that ran this one", "--mini-batch");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the log files of a job, or prints one of them.")
                .operands(job.operands())
                .options("Which job and file", job.and(follow, instance, process, miniBatch))
                .options("Which server, and what is printed", server.all())
                .note("Ctrl-C with --follow only stops watching; the job goes on.")
                .examples(
                        "windrow job logs nightly job_result.txt",
                        "windrow job logs nightly --mini-batch 17",
                        "windrow job logs nightly --follow",
                        "windrow job logs nightly sys/node/0/_main.txt --follow");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        Optional<String> file = job.file();
        if (file.isPresent() || Args.given(follow)) {
            server.refuseQuery("a log file is printed");
        }
        JobClient jobs = server.jobs(shell);
        if (Args.given(follow)) {
            new Watching(shell, jobs, name).untilInterrupted();
            follow(jobs, name, file, shell);
        } else if (file.isPresent()) {
            jobs.logs(name).read(file.get(), shell.out());
            shell.flush();
        } else {
            shell.out(list(jobs, name, shell));
        }
        return ExitCode.COMPLETED;
    }

    private List<String> list(JobClient jobs, String name, Shell shell) {
        List<JobFile> files = jobs.logs(name).list(filter()).toList();
        List<List<String>> rows =
                files.stream()
                        .map(file -> List.of(file.path(), Words.bytes(file.bytes())))
                        .toList();
        return server.form(shell)
                .many(
                        files.stream().map(JobLogsVerb::document).toList(),
                        rows.isEmpty() ? List.of() : Columns.of(rows),
                        files.stream()
                                .map(file -> List.of(file.path(), Long.toString(file.bytes())))
                                .toList());
    }

    private LogFilter filter() {
        return new LogFilter(Args.whole(instance), Args.text(process), Args.whole(miniBatch));
    }

    private static Map<String, Object> document(JobFile file) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", file.path());
        map.put("bytes", file.bytes());
        return map;
    }

    private static void follow(JobClient jobs, String name, Optional<String> file, Shell shell)
            throws IOException {
        Printed printed = new Printed(file.isEmpty(), shell);
        if (file.isEmpty()) {
            jobs.logs(name).follow(printed);
            return;
        }
        jobs.logs(name).follow(file.get(), printed);
        if (printed.last.isEmpty()) {
            // It is empty, or never came: then this tells so.
            jobs.logs(name).read(file.get(), shell.out());
            shell.flush();
        }
    }

    /** Prints new text, and whose it is when there may be several. */
    private static final class Printed implements Consumer<LogEvent> {

        private final boolean named;
        private final Shell shell;
        private String last = "";

        Printed(boolean named, Shell shell) {
            this.named = named;
            this.shell = shell;
        }

        @Override
        public void accept(LogEvent event) {
            if (named && !last.equals(event.path())) {
                shell.err("==> " + event.path());
            }
            last = event.path();
            shell.out().print(event.text());
            shell.out().flush();
        }
    }
}
