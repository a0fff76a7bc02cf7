package dev.windrow.cli;

import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.PreparedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Checks a job as {@code run} would, and submits nothing. */
final class ValidateVerb implements Verb {

    private static final int WIDTH = 100;

    private final JobOptions job = new JobOptions("the name it would have");
    private final OptionSpec json =
            Args.flag("print one JSON document: {\"errors\":[...]}", "--json");

    @Override
    public Page describe() {
        return Page.of(
                        "Checks a job as run would - all mistakes at once, each with line and"
                                + " column - and prints the settings it would run by. Submits"
                                + " nothing. Exit code 0 or 2.")
                .operands(job.operand())
                .options("Which job", job.which())
                .options("How it would run", job.how())
                .options("What it says", json)
                .examples("windrow validate job.yml --strict-keys");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        PreparedRun run = assembly.prepare(job.request(shell));
        if (Args.given(json)) {
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
