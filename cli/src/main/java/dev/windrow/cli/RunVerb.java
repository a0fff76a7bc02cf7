package dev.windrow.cli;

import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.PreparedRun;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs a job on this machine. */
final class RunVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Given.command("run").addPositional(Given.required(0, "FILE"));
        JobOptions.options().forEach(spec::addOption);
        Manner.options().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult given, Shell shell) throws IOException {
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        PreparedRun run = assembly.prepare(JobOptions.request(given, shell));
        return new Execution(shell, Manner.of(given)).run("run", () -> assembly.open(run));
    }
}
