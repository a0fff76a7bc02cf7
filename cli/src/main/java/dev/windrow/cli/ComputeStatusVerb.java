package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.ComputeStatus;
import java.io.IOException;

/** Says how a compute is. */
final class ComputeStatusVerb implements Verb {

    private final NamedThing compute = NamedThing.compute();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Says how a compute is, and what runs on it.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute status local");
    }

    @Override
    public int run(Shell shell) throws IOException {
        ComputeStatus status = server.workspace(shell).computes().status(compute.name());
        shell.out(
                server.form(shell)
                        .one(
                                ComputeText.document(status),
                                ComputeText.lines(status),
                                ComputeText.row(status)));
        return ExitCode.COMPLETED;
    }
}
