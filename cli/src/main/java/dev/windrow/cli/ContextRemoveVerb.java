package dev.windrow.cli;

import java.io.IOException;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Forgets a context. */
final class ContextRemoveVerb implements Verb {

    private final PositionalParamSpec name =
            Args.operand(0, "NAME", String.class).description("of a context").build();

    @Override
    public Page describe() {
        return Page.of("Forgets a context; its token file stays.")
                .operands(name)
                .examples("windrow context remove farm");
    }

    @Override
    public int run(Shell shell) throws IOException {
        ConfigFile file = ConfigFile.of(shell);
        Contexts before = file.read();
        String which = before.get(Args.text(name).orElseThrow()).name();
        Contexts after = before.without(which);
        file.write(after);
        boolean used = before.current().isPresent() && after.current().isEmpty();
        shell.err("removed: " + which + (used ? "; no context is in use now" : ""));
        return ExitCode.COMPLETED;
    }
}
