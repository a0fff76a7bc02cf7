package dev.windrow.cli;

import dev.windrow.client.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Which server is meant, and by which token. An option goes before a variable, a variable before
 * the context in use, and a context that an option names before the variables. A token of a context
 * is said to the context's server and to no other.
 */
final class Connection {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Shell shell;
    private final Asked asked;
    private final Optional<Context> named;
    private final Optional<Context> used;

    /** What the options say. */
    record Asked(
            Optional<String> server,
            Optional<String> workspace,
            Optional<Path> tokenFile,
            Optional<Path> caFile,
            Optional<String> context) {}

    private Connection(Shell shell, Asked asked, Optional<Context> named, Optional<Context> used) {
        this.shell = shell;
        this.asked = asked;
        this.named = named;
        this.used = used;
    }

    /** The workspace of the server that is meant; nothing is asked of it yet. */
    static Workspace workspace(Shell shell, Asked asked) throws IOException {
        Contexts contexts = ConfigFile.of(shell).read();
        Optional<Context> named = asked.context().map(contexts::get);
        Optional<Context> used =
                named.isPresent()
                        ? Optional.empty()
                        : shell.variable("WINDROW_CONTEXT")
                                .or(contexts::current)
                                .map(contexts::get);
        try {
            return new Connection(shell, asked, named, used).workspace();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Workspace workspace() throws IOException {
        URI address = Workspace.at(server()).server();
        Workspace all =
                Workspace.at(address)
                        .named(
                                asked.workspace()
                                        .or(() -> named.flatMap(Context::workspace))
                                        .or(() -> shell.variable("WINDROW_WORKSPACE"))
                                        .or(() -> used.flatMap(Context::workspace))
                                        .orElse("default"));
        Optional<Path> authority =
                asked.caFile()
                        .or(() -> named.flatMap(Context::caFile))
                        .or(() -> shell.variable("WINDROW_CA_FILE").map(Path::of))
                        .or(() -> used.flatMap(Context::caFile));
        Optional<String> token = token(address);
        Workspace trusted = authority.isPresent() ? all.trusting(authority.get()) : all;
        return token.isPresent() ? trusted.withToken(token.get()) : trusted;
    }

    private URI server() {
        Optional<String> text =
                asked.server()
                        .or(() -> named.map(Context::server).map(URI::toString))
                        .or(() -> shell.variable("WINDROW_SERVER"))
                        .or(() -> used.map(Context::server).map(URI::toString));
        try {
            return text.map(URI::create).orElse(Workspace.USUAL_SERVER);
        } catch (IllegalArgumentException _) {
            throw new UsageException(
                    "server: %s (expected: an address such as %s)"
                            .formatted(text.orElse(""), Workspace.USUAL_SERVER));
        }
    }

    private Optional<String> token(URI address) throws IOException {
        if (asked.tokenFile().isPresent()) {
            return Optional.of(Files.readString(asked.tokenFile().get()).strip());
        }
        Optional<String> token = of(named, address);
        if (token.isEmpty()) {
            token = shell.variable("WINDROW_TOKEN");
        }
        if (token.isEmpty()) {
            token = of(used, address);
        }
        // The administrator's token of this machine is nobody else's business.
        boolean here = LOOPBACK.contains(String.valueOf(address.getHost()));
        return token.isPresent() || !here
                ? token
                : adminToken(ServerOptions.tokenFile(shell.home()));
    }

    private static Optional<String> of(Optional<Context> context, URI address) throws IOException {
        if (context.isEmpty() || !context.get().server().equals(address)) {
            return Optional.empty();
        }
        Optional<Path> file = context.get().tokenFile();
        return file.isPresent()
                ? Optional.of(
                        OwnersText.read(
                                "contexts.%s.token_file".formatted(context.get().name()),
                                file.get()))
                : context.get().token();
    }

    private static Optional<String> adminToken(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException | AccessDeniedException _) {
            return Optional.empty();
        }
    }
}
