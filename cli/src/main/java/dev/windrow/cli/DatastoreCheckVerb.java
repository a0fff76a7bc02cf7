package dev.windrow.cli;

import dev.windrow.cli.view.DatastoreText;
import dev.windrow.client.DatastoreCheck;
import java.io.IOException;

/** Has a server look whether it can use a datastore. */
final class DatastoreCheckVerb implements Verb {

    private final NamedThing datastore = NamedThing.datastore();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Has the server look whether it can reach, read and write a datastore, and"
                                + " how much is free; it makes a file there for a moment. Exit code"
                                + " 1 when anything is wrong.")
                .operands(datastore.operands())
                .options("Which datastore", datastore.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow datastore check big");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = datastore.name();
        DatastoreCheck check = server.workspace(shell).datastores().check(name);
        shell.out(
                server.form(shell)
                        .one(
                                DatastoreText.document(check),
                                DatastoreText.lines(name, check),
                                DatastoreText.row(name, check)));
        return check.ok() ? ExitCode.COMPLETED : ExitCode.OTHER;
    }
}
