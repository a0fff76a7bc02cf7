package dev.windrow.cli;

import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.PreparedRun;
import java.io.IOException;

/** Runs a job on this machine. */
final class RunVerb implements Verb {

    @Override
    public Syntax syntax() {
        return Manner.add(JobOptions.add(Syntax.empty().required("FILE")));
    }

    @Override
    public int run(Given given, Shell shell) throws IOException {
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        PreparedRun run = assembly.prepare(JobOptions.request(given, shell));
        return new Execution(shell, Manner.of(given)).run("run", () -> assembly.open(run));
    }
}
