package dev.windrow.cli;

import java.io.IOException;

/** Has a server forget a datastore. */
final class DatastoreDeleteVerb implements Verb {

    private final NamedThing datastore = NamedThing.datastore();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Forgets a datastore, without a question; its files stay. The default one"
                                + " cannot be deleted.")
                .operands(datastore.operands())
                .options("Which datastore", datastore.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow datastore delete big");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = datastore.name();
        server.workspace(shell).datastores().delete(name);
        shell.out(server.form(shell).done("deleted", name));
        return ExitCode.COMPLETED;
    }
}
