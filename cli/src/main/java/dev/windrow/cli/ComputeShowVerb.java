package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.Compute;
import java.io.IOException;

/** Shows one compute. */
final class ComputeShowVerb implements Verb {

    private final NamedThing compute = NamedThing.compute();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Shows a compute. As JSON it is the document of Azure, which attach takes by"
                                + " --file.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute show gpu -o yaml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Compute found = server.workspace(shell).computes().get(compute.name());
        shell.out(
                server.form(shell)
                        .one(found.document(), ComputeText.lines(found), ComputeText.row(found)));
        return ExitCode.COMPLETED;
    }
}
