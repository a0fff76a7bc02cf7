package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.KubernetesCompute;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/** Waits for the last operation on a compute. */
final class ComputeWaitVerb implements Verb {

    private static final int LONGEST_SECONDS = 3_600;

    private final NamedThing compute = NamedThing.compute();
    private final OptionSpec timeout =
            Args.whole("SECONDS", "at most so long (default " + LONGEST_SECONDS + ")", "--timeout");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Waits until an attach or a detach has ended; exit code 1 when it has not"
                                + " ended well, or not in time. At once when nothing goes on.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("How long", timeout)
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute wait gpu --timeout 120");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = compute.name();
        KubernetesCompute found = server.workspace(shell).computes().kubernetes(name);
        found.waitForCompletion(
                shell.err(),
                false,
                Duration.ofSeconds(Args.whole(timeout).orElse(LONGEST_SECONDS)));
        shell.out(
                server.form(shell)
                        .one(found.document(), ComputeText.lines(found), ComputeText.row(found)));
        return ExitCode.COMPLETED;
    }
}
