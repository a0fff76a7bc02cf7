package dev.windrow.cli;

import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import java.util.ArrayList;
import java.util.List;

/** Shows one job: how far it is, or what became of it. */
final class ShowVerb implements Verb {

    @Override
    public Syntax syntax() {
        return Syntax.empty().required("NAME").flag("--json");
    }

    @Override
    public int run(Given given, Shell shell) {
        String name = given.word(0);
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        JobEntry entry = catalog.find(name);
        Execution.print(shell, catalog.outcome(name), given.has("--json"));
        if (!given.has("--json")) {
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
