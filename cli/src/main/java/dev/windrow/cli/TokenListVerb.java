package dev.windrow.cli;

import dev.windrow.cli.view.TokenText;
import dev.windrow.client.AccessToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists the tokens of a server, without themselves. */
final class TokenListVerb implements Verb {

    private final Most most = new Most();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the tokens that were made and not revoked, expired ones included.")
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples("windrow token list");
    }

    @Override
    public int run(Shell shell) throws IOException {
        List<AccessToken> found = most.of(server.workspace(shell).tokens().list(), shell);
        List<List<String>> rows = found.stream().map(TokenText::row).toList();
        List<List<String>> table = new ArrayList<>();
        table.add(TokenText.HEADS);
        table.addAll(rows);
        shell.out(
                server.form(shell)
                        .many(
                                found.stream().map(TokenText::document).toList(),
                                rows.isEmpty() ? List.of() : Columns.of(table),
                                rows));
        return ExitCode.COMPLETED;
    }
}
