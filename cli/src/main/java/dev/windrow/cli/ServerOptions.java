package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import dev.windrow.client.JobClient;
import dev.windrow.client.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What all verbs of a server's jobs take: which server, whose jobs, and the form of results. */
final class ServerOptions {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final OptionSpec workspace =
            Args.text("NAME", "the workspace (default: default)", "-w", "--workspace");
    private final OptionSpec group =
            Args.text(
                    "NAME",
                    "known to az ml, ignored here: there are no resource groups",
                    "-g",
                    "--resource-group");
    private final OptionSpec form =
            Args.valued(
                            Form.class,
                            "FORM",
                            Form.NAMES + " (default: table on a terminal, else json)",
                            "-o",
                            "--output")
                    .converters(ServerOptions::form)
                    .completionCandidates(List.of("json", "table", "yaml", "tsv"))
                    .build();
    private final OptionSpec server =
            Args.text(
                    "URL",
                    "its address; else WINDROW_SERVER, else http://127.0.0.1:7480",
                    "--server");
    private final OptionSpec tokenFile =
            Args.path(
                    "FILE",
                    "holds the token; else WINDROW_TOKEN, else for a server on this machine"
                            + " server/admin.token in its home",
                    "--token-file");

    List<OptionSpec> all() {
        return List.of(form, workspace, server, tokenFile, group);
    }

    private static Form form(String text) {
        return Form.of(text).orElseThrow(() -> new TypeConversionException("one of " + Form.NAMES));
    }

    /** The form that was asked for. */
    Optional<Form> asked() {
        return Optional.ofNullable(form.getValue());
    }

    Form form(Shell shell) {
        return asked().orElse(shell.liveOut() ? Form.TABLE : Form.JSON);
    }

    /** The jobs of the workspace; nothing is asked of the server yet. */
    JobClient jobs(Shell shell) throws IOException {
        return workspace(shell).jobs();
    }

    /** The workspace; nothing is asked of the server yet. */
    Workspace workspace(Shell shell) throws IOException {
        Args.text(group)
                .ifPresent(name ->
                        shell.err(
                                "windrow: -g: %s is ignored; there are no resource groups here"
                                        .formatted(name)));
        try {
            URI address = address(shell);
            Workspace all = Workspace.at(address).named(Args.text(workspace).orElse("default"));
            Optional<String> token = token(shell, address);
            return token.isPresent() ? all.withToken(token.get()) : all;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private URI address(Shell shell) {
        String text =
                Args.text(server)
                        .or(() -> variable(shell, "WINDROW_SERVER"))
                        .orElseGet(Workspace.USUAL_SERVER::toString);
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new UsageException(
                    "server: %s (expected: an address such as %s)"
                            .formatted(text, Workspace.USUAL_SERVER));
        }
    }

    private Optional<String> token(Shell shell, URI address) throws IOException {
        Optional<Path> file = Args.path(tokenFile);
        if (file.isPresent()) {
            return Optional.of(Files.readString(file.get()).strip());
        }
        Optional<String> given = variable(shell, "WINDROW_TOKEN");
        // The administrator's token of this machine is nobody else's business.
        boolean here = LOOPBACK.contains(String.valueOf(address.getHost()));
        return given.isPresent() || !here ? given : adminToken(tokenFile(shell.home()));
    }

    /** Where a server keeps the token of its administrator. */
    static Path tokenFile(Path home) {
        return home.resolve("server").resolve("admin.token");
    }

    private static Optional<String> adminToken(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException | AccessDeniedException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> variable(Shell shell, String name) {
        return Optional.of(shell.environment().getOrDefault(name, "").strip())
                .filter(text -> !text.isEmpty());
    }
}
