package dev.windrow.cli;

import dev.windrow.client.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes a context or changes one. */
final class ContextSetVerb implements Verb {

    private final PositionalParamSpec name =
            Args.operand(0, "NAME", String.class).description("of the context").build();
    private final OptionSpec server = Args.text("URL", "the server's address", "--server");
    private final OptionSpec workspace =
            Args.text("NAME", "the workspace (default: default)", "-w", "--workspace");
    private final OptionSpec tokenFile =
            Args.path(
                    "FILE", "holds the token; nobody else may read it (chmod 600)", "--token-file");
    private final OptionSpec caFile =
            Args.path("FILE", "certificates of who vouches for the server, in PEM", "--ca-file");
    private final OptionSpec use = Args.flag("and mean it from now on", "--use");

    @Override
    public Page describe() {
        return Page.of(
                        "Makes a context, or changes what is given here of one that is there."
                                + " Paths are kept absolute. The server is not asked.")
                .operands(name)
                .options("The context", server, workspace, tokenFile, caFile, use)
                .note(
                        "A token itself is never written; who wants it in the config file writes"
                                + " token: there by hand, and nobody else may read that file then.")
                .examples(
                        "windrow context set farm --server https://farm.example:7480 --token-file"
                                + " ~/farm.token --use");
    }

    @Override
    public int run(Shell shell) throws IOException {
        ConfigFile file = ConfigFile.of(shell);
        Contexts contexts = file.read();
        String which = Contexts.checkedName(Args.text(name).orElseThrow());
        Optional<Context> before = Optional.ofNullable(contexts.all().get(which));
        Context context = context(which, before);
        if (context.tokenFile().isPresent()) {
            OwnersText.check("--token-file", context.tokenFile().get());
        }
        Contexts after = contexts.with(context);
        file.write(Args.given(use) ? after.using(which) : after);
        shell.out(List.of("context %s in %s".formatted(which, file.file())));
        return ExitCode.COMPLETED;
    }

    private Context context(String which, Optional<Context> before) {
        Optional<Path> newToken = Args.path(tokenFile).map(ContextSetVerb::absolute);
        return new Context(
                which,
                Args.text(server)
                        .map(ContextSetVerb::uri)
                        .or(() -> before.map(Context::server))
                        .orElseThrow(
                                () -> new UsageException("--server: missing (expected: a URL)")),
                Args.text(workspace).or(() -> before.flatMap(Context::workspace)),
                newToken.or(() -> before.flatMap(Context::tokenFile)),
                before.flatMap(Context::token).filter(_ -> newToken.isEmpty()),
                Args.path(caFile)
                        .map(ContextSetVerb::absolute)
                        .or(() -> before.flatMap(Context::caFile)));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static URI uri(String text) {
        try {
            return Workspace.at(URI.create(text)).server();
        } catch (IllegalArgumentException _) {
            throw new UsageException(
                    "--server: %s (expected: http or https, a host, no ? and no #)"
                            .formatted(text));
        }
    }
}
