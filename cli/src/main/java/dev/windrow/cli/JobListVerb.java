package dev.windrow.cli;

import dev.windrow.cli.view.JobDocument;
import dev.windrow.cli.view.Words;
import dev.windrow.client.JobFilter;
import dev.windrow.client.JobFilter.View;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobStatus;
import dev.windrow.client.SubmittedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Lists a server's jobs. */
final class JobListVerb implements Verb {

    private final Most most = new Most();
    private final OptionSpec archivedOnly =
            Args.flag("only those that are archived", "--archived-only");
    private final OptionSpec includeArchived =
            Args.flag("also those that are archived", "--include-archived");
    private final OptionSpec status =
            Args.texts("STATUS", "only those with this status; repeatable", "--status");
    private final OptionSpec tag =
            Args.texts("KEY[=VALUE]", "only those with this tag; repeatable", "--tag");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the jobs of a workspace, the latest first.")
                .options("Which jobs", status, tag, archivedOnly, includeArchived)
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples("windrow job list --status Running --tag owner=ada -r 10");
    }

    @Override
    public int run(Shell shell) throws IOException {
        JobFilter filter = new JobFilter(statuses(), Args.texts(tag), view());
        List<JobSnapshot> found =
                most.of(server.jobs(shell).list(filter), shell).stream()
                        .map(SubmittedJob::snapshot)
                        .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "STATUS", "SUBMITTED", "TOOK", "MINI-BATCHES"));
        found.forEach(job -> rows.add(row(job)));
        shell.out(
                server.form(shell)
                        .many(
                                found.stream().map(JobDocument::of).toList(),
                                found.isEmpty() ? List.of() : Columns.of(rows),
                                found.stream().map(JobDocument::row).toList()));
        return ExitCode.COMPLETED;
    }

    private static List<String> row(JobSnapshot job) {
        var batches = job.miniBatches();
        return List.of(
                job.name(),
                job.status().toString() + (job.archived() ? " (archived)" : ""),
                job.submittedAt().map(Moments::local).orElse(""),
                job.seconds()
                        .map(time -> Words.span(Duration.ofMillis(Math.round(time * 1e3))))
                        .orElse(""),
                "%d of %d ok, %d failed"
                        .formatted(batches.succeeded(), batches.total(), batches.failed()));
    }

    private List<JobStatus> statuses() {
        return Args.texts(status).stream().map(JobListVerb::status).toList();
    }

    private static JobStatus status(String text) {
        JobStatus known = JobStatus.of(text);
        if (known == JobStatus.UNKNOWN) {
            String all =
                    Arrays.stream(JobStatus.values())
                            .filter(one -> one != JobStatus.UNKNOWN)
                            .map(JobStatus::toString)
                            .collect(Collectors.joining(", "));
            throw new UsageException("--status: %s (expected: one of %s)".formatted(text, all));
        }
        return known;
    }

    private View view() {
        if (Args.given(archivedOnly) && Args.given(includeArchived)) {
            throw new UsageException("--archived-only: given (expected: no --include-archived)");
        }
        if (Args.given(archivedOnly)) {
            return View.ARCHIVED;
        }
        return Args.given(includeArchived) ? View.ALL : View.ACTIVE;
    }
}
