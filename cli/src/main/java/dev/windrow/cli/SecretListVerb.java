package dev.windrow.cli;

import dev.windrow.client.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the secrets of a workspace, without their values. */
final class SecretListVerb implements Verb {

    private final Most most = new Most();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the secrets of a workspace by name; no value is ever shown.")
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples("windrow secret list -w nightly");
    }

    @Override
    public int run(Shell shell) throws IOException {
        List<Secret> found = most.of(server.workspace(shell).secrets().list(), shell);
        List<List<String>> rows = found.stream().map(SecretListVerb::row).toList();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("NAME", "SET AT", "BY"));
        table.addAll(rows);
        shell.out(
                server.form(shell)
                        .many(
                                found.stream().map(SecretListVerb::document).toList(),
                                rows.isEmpty() ? List.of() : Columns.of(table),
                                rows));
        return ExitCode.COMPLETED;
    }

    private static List<String> row(Secret secret) {
        return List.of(secret.name(), secret.updatedAt().toString(), secret.updatedBy());
    }

    private static Map<String, Object> document(Secret secret) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", secret.name());
        document.put("updated_at", secret.updatedAt().toString());
        document.put("updated_by", secret.updatedBy());
        return document;
    }
}
