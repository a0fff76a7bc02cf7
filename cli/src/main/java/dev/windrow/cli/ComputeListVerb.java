package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.Compute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** Lists a server's computes. */
final class ComputeListVerb implements Verb {

    private final Most most = new Most();
    private final OptionSpec type =
            Args.text("TYPE", "only those of this kind: local or kubernetes", "--type");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists the computes of a workspace by name.")
                .options("Which computes", type)
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute list -o tsv");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String kind = Args.text(type).orElse("");
        if (!Set.of("", "local", "kubernetes").contains(kind)) {
            throw new UsageException("--type: %s (expected: local or kubernetes)".formatted(kind));
        }
        List<Compute> found =
                most.of(
                        server.workspace(shell)
                                .computes()
                                .list()
                                .filter(one -> kind.isEmpty() || one.type().equals(kind)),
                        shell);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "TYPE", "STATE", "CLUSTER", "NAMESPACE"));
        found.forEach(one -> rows.add(ComputeText.row(one)));
        shell.out(
                server.form(shell)
                        .many(
                                found.stream().map(Compute::document).toList(),
                                found.isEmpty() ? List.of() : Columns.of(rows),
                                found.stream().map(ComputeText::row).toList()));
        return ExitCode.COMPLETED;
    }
}
