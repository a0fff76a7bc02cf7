package dev.windrow.cli;

import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Forgets a secret of a workspace. */
final class SecretRemoveVerb implements Verb {

    private final PositionalParamSpec name =
            Args.operand(0, "NAME", String.class).description("of a secret").build();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Forgets a secret, without a question. Workers that run keep what they have;"
                                + " a job that starts later and refers to it does not run.")
                .operands(name)
                .options("Which server, and what is printed", server.all())
                .examples("windrow secret remove API_KEY");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String which = Args.text(name).orElseThrow();
        server.workspace(shell).secrets().remove(which);
        shell.out(server.form(shell).done("removed", which));
        return ExitCode.COMPLETED;
    }
}
