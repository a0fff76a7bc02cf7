package dev.windrow.cli;

import dev.windrow.client.ServerTrust;
import dev.windrow.client.Workspace;
import dev.windrow.runtime.compute.AgentProvider;
import dev.windrow.runtime.compute.AgentProvider.AgentRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.OptionSpec;

/** Lets this machine work for a job of a server. */
final class AgentVerb implements Verb {

    private final OptionSpec server =
            Args.text(
                    "URL",
                    "the server's address; else WINDROW_SERVER, else http://127.0.0.1:7480",
                    "--server");
    private final OptionSpec tokenFile =
            Args.path(
                    "FILE",
                    "holds the job's token, from windrow job agent-token; else"
                            + " WINDROW_AGENT_TOKEN",
                    "--token-file");
    private final OptionSpec caFile =
            Args.path(
                    "FILE",
                    "certificates of who vouches for the server, in PEM; else WINDROW_CA_FILE",
                    "--ca-file");
    private final OptionSpec python =
            Args.text(
                    "PATH",
                    "the Python of the workers; else the server's when it is there, else the one"
                            + " on the path",
                    "--python");

    private final OptionSpec work =
            Args.path(
                    "DIR",
                    "work in a folder of its own below this one, with code from the server and"
                            + " logs sent to it; else below agents in WINDROW_HOME when the"
                            + " job's folder is not seen here",
                    "--work");

    @Override
    public Page describe() {
        return Page.of(
                        "Joins the fleet of one job of a server, with as many workers as the job"
                                + " has on each instance, and works for it until it has ended.")
                .options("Which job", server, tokenFile, caFile)
                .options("Workers", python, work)
                .note(
                        "This machine has to see inputs, outputs and the folder of the job's rows"
                                + " (jobs/NAME/segments in the server's home) at the paths that"
                                + " the server knows them by. While the server is"
                                + " away the agent goes on with what it has, and comes back when"
                                + " it does; after ten minutes it ends. Ctrl-C ends it, and others"
                                + " do what it had begun.")
                .examples(
                        "windrow job agent-token nightly --save-as token",
                        "windrow agent --server http://windrow:7480 --token-file token",
                        "windrow agent --token-file token --work /scratch/agents");
    }

    @Override
    public int run(Shell shell) throws IOException {
        URI url = url(shell);
        Args.path(caFile)
                .or(() -> shell.variable("WINDROW_CA_FILE").map(Path::of))
                .ifPresent(AgentVerb::trust);
        AgentProvider provider =
                ServiceLoader.load(AgentProvider.class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("local-runner is not there"));
        try {
            Optional<String> why =
                    provider.run(
                            new AgentRequest(
                                    url,
                                    token(shell),
                                    Args.text(python),
                                    Args.path(work).map(dir -> dir.toAbsolutePath().normalize()),
                                    shell.home()),
                            line -> shell.err("windrow: " + line));
            why.ifPresent(text -> shell.err("windrow: agent: " + text));
            return why.isPresent() ? ExitCode.OTHER : ExitCode.COMPLETED;
        } catch (ConnectException | HttpConnectTimeoutException _) {
            shell.err("windrow: No server at %s.".formatted(url));
            return ExitCode.OTHER;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /** For all connections of this process, which are to this server alone. */
    private static void trust(Path authority) {
        try {
            ServerTrust.install(authority);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private URI url(Shell shell) {
        String text =
                Args.text(server)
                        .or(() -> shell.variable("WINDROW_SERVER"))
                        .orElseGet(Workspace.USUAL_SERVER::toString);
        return Args.address(
                "--server", text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private String token(Shell shell) throws IOException {
        Optional<Path> file = Args.path(tokenFile);
        String token;
        try {
            token =
                    file.isPresent()
                            ? Files.readString(file.get()).strip()
                            : shell.variable("WINDROW_AGENT_TOKEN").orElse("");
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "--token-file: %s (expected: a file that is there)".formatted(e.getFile()));
        }
        if (!token.matches("[!-~]{1,4000}")) {
            throw new UsageException(
                    "--token-file: no token (expected: what windrow job agent-token NAME prints)");
        }
        return token;
    }
}
