package dev.windrow.cli;

import java.io.IOException;

/** Is there to say what to do instead: a server deletes no cluster. */
final class ComputeDeleteVerb implements Verb {

    private final NamedThing compute = NamedThing.compute();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Refused: a cluster is never deleted from here; windrow compute detach NAME"
                                + " takes it away from the server.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute detach gpu --yes");
    }

    @Override
    public int run(Shell shell) throws IOException {
        server.workspace(shell).computes().delete(compute.name());
        return ExitCode.COMPLETED;
    }
}
