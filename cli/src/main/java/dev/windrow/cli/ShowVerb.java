package dev.windrow.cli;

import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Shows one job: how far it is, or what became of it. */
final class ShowVerb implements Verb {

    private final NamedJob job = NamedJob.first();
    private final OptionSpec json = Args.flag("print one JSON document, as run does", "--json");

    @Override
    public Page describe() {
        return Page.of("Shows how far a job is, or what became of it, from its ledger.")
                .operands(job.operand())
                .options("What it says", json)
                .examples("windrow show nightly");
    }

    @Override
    public int run(Shell shell) {
        String name = job.name();
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        JobEntry entry = catalog.find(name);
        Execution.print(shell, catalog.outcome(name), Args.given(json));
        if (!Args.given(json)) {
            shell.out(more(entry));
        }
        return ExitCode.COMPLETED;
    }

    private static List<String> more(JobEntry entry) {
        JobRow row = entry.row();
        List<String> lines = new ArrayList<>();
        lines.add("  submitted     " + Moments.local(row.submittedAt()));
        row.endedAt().ifPresent(at -> lines.add("  ended         " + Moments.local(at)));
        if (!row.status().terminal()) {
            lines.add(
                    entry.owner()
                            .map(pid -> "  run by        process " + pid)
                            .orElse("Nobody runs it now; to go on: windrow resume " + row.name()));
        }
        return lines;
    }
}
