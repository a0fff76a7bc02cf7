package dev.windrow.cli;

import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes a token of a server worthless. */
final class TokenRevokeVerb implements Verb {

    private final PositionalParamSpec id =
            Args.operand(0, "ID", String.class).description("as windrow token list has it").build();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Makes a token worthless at once, without a question.")
                .operands(id)
                .options("Which server, and what is printed", server.all())
                .examples("windrow token revoke 0123456789abcdef");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String which = Args.text(id).orElseThrow();
        server.workspace(shell).tokens().revoke(which);
        shell.out(server.form(shell).done("revoked", which));
        return ExitCode.COMPLETED;
    }
}
