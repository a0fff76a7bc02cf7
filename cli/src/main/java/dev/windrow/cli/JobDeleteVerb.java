package dev.windrow.cli;

import java.io.IOException;

/** Removes an ended job from a server. */
final class JobDeleteVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Removes an ended job with its ledger and its logs, without a question; its"
                                + " outputs stay.")
                .operands(job.operands())
                .options("Which job", job.and())
                .options("Which server, and what is printed", server.all())
                .examples("windrow job delete nightly");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        server.jobs(shell).delete(name);
        shell.out(server.form(shell).done("deleted", name));
        return ExitCode.COMPLETED;
    }
}
