package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the user's contexts. */
final class ContextListVerb implements Verb {

    private final FormOption form = new FormOption();

    @Override
    public Page describe() {
        return Page.of("Lists the contexts; the one in use has a star. No token is shown.")
                .options("What is printed", form.all())
                .examples("windrow context list");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Contexts contexts = ConfigFile.of(shell).read();
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (Context one : contexts.all().values()) {
            boolean used = contexts.current().filter(one.name()::equals).isPresent();
            rows.add(row(one, used));
            documents.add(document(one, used));
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "NAME", "SERVER", "WORKSPACE", "TOKEN", "CA FILE"));
        table.addAll(rows);
        shell.out(
                form.of(shell)
                        .many(documents, rows.isEmpty() ? List.of() : Columns.of(table), rows));
        return ExitCode.COMPLETED;
    }

    private static List<String> row(Context one, boolean used) {
        return List.of(
                used ? "*" : "",
                one.name(),
                one.server().toString(),
                one.workspace().orElse("default"),
                token(one),
                one.caFile().map(Path::toString).orElse(""));
    }

    private static String token(Context one) {
        return one.tokenFile()
                .map(Path::toString)
                .orElse(one.token().isPresent() ? "in the config file" : "");
    }

    private static Map<String, @Nullable Object> document(Context one, boolean used) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", one.name());
        document.put("current", used);
        document.put("server", one.server().toString());
        document.put("workspace", one.workspace().orElse("default"));
        document.put("token_file", one.tokenFile().map(Path::toString).orElse(null));
        document.put("ca_file", one.caFile().map(Path::toString).orElse(null));
        return document;
    }
}
