package dev.windrow.cli;

import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows one job: how far it is, or what became of it. */
final class ShowVerb implements Verb {

    @Override
    public CommandSpec spec() {
        return Given.command("show")
                .addPositional(Given.required(0, "NAME"))
                .addOption(Given.flag("--json"));
    }

    @Override
    public int run(ParseResult given, Shell shell) {
        String name = Given.requiredPosition(given, 0);
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        JobEntry entry = catalog.find(name);
        Execution.print(shell, catalog.outcome(name), Given.has(given, "--json"));
        if (!Given.has(given, "--json")) {
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
