package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import java.io.IOException;
import picocli.CommandLine.Model.OptionSpec;

/** Watches a server's job to its end. */
final class JobStreamVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final OptionSpec failOnError =
            Args.flag("exit code 4 also when it completed with failed items", "--fail-on-error");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Tells what happens to a job from its start to its end.")
                .operands(job.operands())
                .options("Which job", job.and(failOnError))
                .options("Which server, and what is printed", server.all())
                .exitCodesOfJobs()
                .note("Ctrl-C only stops watching; the job goes on.")
                .examples("windrow job stream nightly");
    }

    @Override
    public int run(Shell shell) throws IOException {
        return new Watching(shell, server.jobs(shell), job.name())
                .untilInterrupted()
                .toTheEnd(server.form(Form.TABLE), Args.given(failOnError));
    }
}
