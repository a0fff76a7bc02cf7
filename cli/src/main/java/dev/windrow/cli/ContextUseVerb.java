package dev.windrow.cli;

import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Has a context meant from now on. */
final class ContextUseVerb implements Verb {

    private final PositionalParamSpec name =
            Args.operand(0, "NAME", String.class).description("of a context").build();

    @Override
    public Page describe() {
        return Page.of("Means this context's server from now on, where nothing else is said.")
                .operands(name)
                .note("--server, --context, WINDROW_SERVER and WINDROW_CONTEXT go before it.")
                .examples("windrow context use farm");
    }

    @Override
    public int run(Shell shell) throws IOException {
        ConfigFile file = ConfigFile.of(shell);
        String which = Args.text(name).orElseThrow();
        file.write(file.read().using(which));
        shell.err("in use: " + which);
        return ExitCode.COMPLETED;
    }
}
