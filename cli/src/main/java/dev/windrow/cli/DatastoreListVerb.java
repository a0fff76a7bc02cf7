package dev.windrow.cli;

import dev.windrow.cli.view.DatastoreText;
import dev.windrow.client.Datastore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists a server's datastores. */
final class DatastoreListVerb implements Verb {

    private final Most most = new Most();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the datastores of a workspace by name.")
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples("windrow datastore list");
    }

    @Override
    public int run(Shell shell) throws IOException {
        List<Datastore> found = most.of(server.workspace(shell).datastores().list(), shell);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "TYPE", "LOCATION", ""));
        found.forEach(one -> rows.add(DatastoreText.row(one)));
        shell.out(
                server.form(shell)
                        .many(
                                found.stream().map(DatastoreText::document).toList(),
                                found.isEmpty() ? List.of() : Columns.of(rows),
                                found.stream().map(DatastoreText::row).toList()));
        return ExitCode.COMPLETED;
    }
}
