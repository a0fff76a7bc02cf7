package dev.windrow.cli;

import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.PreparedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Checks a job as {@code run} would, and submits nothing. */
final class ValidateVerb implements Verb {

    private static final int WIDTH = 100;

    @Override
    public Syntax syntax() {
        return JobOptions.add(Syntax.empty().required("FILE")).flag("--json");
    }

    @Override
    public int run(Given given, Shell shell) throws IOException {
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        PreparedRun run = assembly.prepare(JobOptions.request(given, shell));
        if (given.has("--json")) {
            shell.out(List.of("{\"errors\":[]}"));
            return ExitCode.COMPLETED;
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(new Header("valid", run).lines(shell.outStyle(), WIDTH));
        String arguments = String.join(" ", run.launch().argv());
        if (!arguments.isEmpty()) {
            lines.add("  script gets   " + arguments);
        }
        run.outputs().forEach((name, path) -> lines.add("  output        " + name + "  " + path));
        shell.out(lines);
        return ExitCode.COMPLETED;
    }
}
