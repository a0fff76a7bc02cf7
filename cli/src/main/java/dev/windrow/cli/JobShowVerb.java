package dev.windrow.cli;

import dev.windrow.cli.view.JobDocument;
import dev.windrow.cli.view.ServerJobText;
import dev.windrow.client.JobSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shows one job of a server. */
final class JobShowVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Shows how far a job is, or what became of it.")
                .operands(job.operands())
                .options("Which job", job.and())
                .options("Which server, and what is printed", server.all())
                .examples("windrow job show nightly -o yaml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        JobSnapshot found = server.jobs(shell).get(job.name()).snapshot();
        shell.out(
                server.form(shell)
                        .one(JobDocument.of(found), lines(found, shell), JobDocument.row(found)));
        return ExitCode.COMPLETED;
    }

    private static List<String> lines(JobSnapshot found, Shell shell) {
        List<String> lines = new ArrayList<>(ServerJobText.lines(found, shell.outStyle()));
        found.submittedAt().ifPresent(at -> lines.add("  submitted     " + Moments.local(at)));
        found.endedAt().ifPresent(at -> lines.add("  ended         " + Moments.local(at)));
        String label = "tags";
        for (var tag : found.tags().entrySet()) {
            lines.add("  %-12s  %s=%s".formatted(label, tag.getKey(), tag.getValue()));
            label = "";
        }
        return lines;
    }
}
