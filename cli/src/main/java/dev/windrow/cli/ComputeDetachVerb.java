package dev.windrow.cli;

import dev.windrow.client.ComputeException;
import dev.windrow.client.KubernetesCompute;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** Takes a cluster away from a server. */
final class ComputeDetachVerb implements Verb {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final NamedThing compute = NamedThing.compute();
    private final OptionSpec yes =
            Args.flag("say that it is meant; nothing is asked", "-y", "--yes");
    private final OptionSpec force =
            Args.flag(
                    "cancel the jobs on it, and let go of a cluster that cannot be cleaned",
                    "--force");
    private final OptionSpec ifAttached =
            Args.flag("end well when there is no such compute", "--if-attached");
    private final OptionSpec noWait = Args.flag("return before it has come to an end", "--no-wait");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Takes a cluster away from the server. Nothing of Windrow's stays in it, and"
                                + " nothing else in it is touched. Refused while jobs are on it.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("How", yes, force, ifAttached, noWait)
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute detach gpu --yes");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = compute.name();
        if (!Args.given(yes)) {
            throw new UsageException(
                    "--yes: missing (expected: given, because %s is gone for all its users then)"
                            .formatted(name));
        }
        var computes = server.workspace(shell).computes();
        // What can be detached is a cluster; the server says why anything else cannot.
        if (name.equals("local")) {
            computes.detach(name);
        }
        KubernetesCompute found;
        try {
            found = computes.kubernetes(name);
        } catch (ComputeException e) {
            if (Args.given(ifAttached) && e.kind() == ComputeException.Kind.NOT_FOUND) {
                shell.err("windrow: compute: %s is not attached".formatted(name));
                return ExitCode.COMPLETED;
            }
            throw e;
        }
        if (Args.given(force)) {
            found.detachByForce();
        } else {
            found.detach();
        }
        String word = Args.given(noWait) ? "detaching" : "detached";
        if (!Args.given(noWait)) {
            found.waitForCompletion(shell.err(), true, LONGEST);
        }
        shell.out(
                server.form(shell)
                        .one(Map.of(word, name), List.of(word + "  " + name), List.of(name)));
        return ExitCode.COMPLETED;
    }
}
