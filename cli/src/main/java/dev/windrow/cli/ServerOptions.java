package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import dev.windrow.client.JobClient;
import dev.windrow.client.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** What all verbs of a server take: which server, whose jobs, and the form of results. */
final class ServerOptions {

    private final OptionSpec workspace =
            Args.text(
                    "NAME",
                    "the workspace; else WINDROW_WORKSPACE, else default",
                    "-w",
                    "--workspace");
    private final OptionSpec group =
            Args.text(
                    "NAME",
                    "known to az ml, ignored here: there are no resource groups",
                    "-g",
                    "--resource-group");
    private final FormOption form = new FormOption();
    private final OptionSpec server =
            Args.text(
                    "URL",
                    "its address; else WINDROW_SERVER, else http://127.0.0.1:7480",
                    "--server");
    private final OptionSpec tokenFile;
    private final OptionSpec caFile;
    private final OptionSpec context;

    ServerOptions() {
        this("--");
    }

    private ServerOptions(String prefix) {
        this.tokenFile =
                Args.path(
                        "FILE",
                        "holds the token; else WINDROW_TOKEN, else for a server on this machine"
                                + " server/admin.token in its home",
                        prefix + "token-file");
        this.caFile =
                Args.path(
                        "FILE",
                        "certificates of who vouches for it, in PEM; else WINDROW_CA_FILE",
                        prefix + "ca-file");
        this.context =
                Args.text(
                        "NAME",
                        "what windrow context set keeps under this name; else WINDROW_CONTEXT,"
                                + " else the one in use",
                        prefix + "context");
    }

    /** Those of a verb whose own {@code --context} and files are a cluster's. */
    static ServerOptions besideACluster() {
        return new ServerOptions("--server-");
    }

    List<OptionSpec> all() {
        return after(form.all());
    }

    /** Those of a verb that prints a text and no documents. */
    List<OptionSpec> withoutQuery() {
        return after(form.withoutQuery());
    }

    private List<OptionSpec> after(List<OptionSpec> forms) {
        List<OptionSpec> all = new ArrayList<>(forms);
        all.addAll(List.of(workspace, context, server, tokenFile, caFile, group));
        return all;
    }

    /** The form that was asked for. */
    Optional<Form> asked() {
        return form.asked();
    }

    Printing form(Shell shell) {
        return form.of(shell);
    }

    /** How to print when no form is asked for. */
    Printing form(Form usual) {
        return form.of(usual);
    }

    /** Refuses a query where a file is printed as it is. */
    void refuseQuery(String printed) {
        if (form.queries()) {
            throw new UsageException("--query: given (expected: none where %s)".formatted(printed));
        }
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
        return Connection.workspace(
                shell,
                new Connection.Asked(
                        Args.text(server),
                        Args.text(workspace),
                        Args.path(tokenFile),
                        Args.path(caFile),
                        Args.text(context)));
    }

    /** Where a server keeps the token of its administrator. */
    static Path tokenFile(Path home) {
        return home.resolve("server").resolve("admin.token");
    }
}
