package dev.windrow.cli;

import dev.windrow.cli.view.DatastoreText;
import dev.windrow.client.Datastore;
import java.io.IOException;

/** Shows one datastore. */
final class DatastoreShowVerb implements Verb {

    private final NamedThing datastore = NamedThing.datastore();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Shows a datastore: where it is, and what jobs call it.")
                .operands(datastore.operands())
                .options("Which datastore", datastore.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow datastore show workspaceblobstore");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Datastore found = server.workspace(shell).datastores().get(datastore.name());
        shell.out(
                server.form(shell)
                        .one(
                                DatastoreText.document(found),
                                DatastoreText.lines(found),
                                DatastoreText.row(found)));
        return ExitCode.COMPLETED;
    }
}
