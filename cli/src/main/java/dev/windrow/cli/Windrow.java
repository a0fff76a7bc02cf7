package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Single;
import dev.windrow.cli.view.Complaint;
import dev.windrow.spec.NearMiss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The command as a whole: finds the verb, has it done, and turns whatever goes wrong into words.
 */
final class Windrow {

    private final Shell shell;
    private final Group all;

    /**
     * The command.
     *
     * @param all its verbs
     */
    Windrow(Shell shell, Group all) {
        this.shell = shell;
        this.all = all;
    }

    /** Returns the exit code. */
    int run(String[] args) {
        boolean json = Faults.inJson(Arrays.asList(args));
        Faults faults = new Faults(shell, json);
        try {
            return dispatch(List.of(args), faults);
        } catch (IOException | RuntimeException | Error e) {
            return faults.report(e);
        }
    }

    private int dispatch(List<String> typed, Faults faults) throws IOException {
        String first = typed.isEmpty() ? "" : typed.getFirst();
        if (first.equals("-V") || first.equals("--version")) {
            shell.out(List.of("windrow " + version()));
            return ExitCode.COMPLETED;
        }
        return choose(all, all.name(), typed, faults);
    }

    /** Follows the words through the groups to a verb. */
    private int choose(Group group, String path, List<String> typed, Faults faults)
            throws IOException {
        if (typed.isEmpty()) {
            shell.err(Overview.lines(group, path));
            return ExitCode.INVALID;
        }
        String first = typed.getFirst();
        List<String> rest = typed.subList(1, typed.size());
        if (first.equals("help") || first.equals("-h") || first.equals("--help")) {
            return help(group, path, rest);
        }
        Optional<Choice> choice = group.find(first);
        if (choice.isEmpty()) {
            return misused(unknown(group, path, first), faults);
        }
        String longer = path + " " + first;
        // No switch over the types: what it needs is made anew at each start, for 10 ms.
        if (choice.get() instanceof Single verb) {
            return run(verb, longer, rest, faults);
        }
        return choose((Group) choice.get(), longer, rest, faults);
    }

    private int run(Single single, String path, List<String> typed, Faults faults)
            throws IOException {
        try {
            Verb verb = single.make().get();
            Page page = verb.describe();
            boolean helpIsWanted = new Reading(page.spec(), typed).read();
            return helpIsWanted ? help(page, single.call(path)) : verb.run(shell);
        } catch (UsageException e) {
            return misused("%s (see %s --help)".formatted(e.getMessage(), path), faults);
        }
    }

    private int help(Group group, String path, List<String> typed) {
        Optional<Choice> choice = typed.isEmpty() ? Optional.empty() : group.find(typed.getFirst());
        if (choice.isEmpty()) {
            shell.out(Overview.lines(group, path));
            return ExitCode.COMPLETED;
        }
        String longer = path + " " + typed.getFirst();
        return switch (choice.get()) {
            case Group inner -> help(inner, longer, typed.subList(1, typed.size()));
            case Single verb -> help(verb.make().get().describe(), verb.call(longer));
        };
    }

    private int help(Page page, String call) {
        shell.out(List.of(HelpText.of(page, call, shell.outStyle().color())));
        return ExitCode.COMPLETED;
    }

    private static String unknown(Group group, String path, String typed) {
        String words =
                (path + " " + typed)
                        .substring(
                                path.indexOf(' ') < 0 ? path.length() + 1 : path.indexOf(' ') + 1);
        Optional<String> elsewhere = Elsewhere.alternative(words);
        if (elsewhere.isPresent()) {
            return "%s: of az ml and not of %s (instead: %s)"
                    .formatted(words, path, elsewhere.get());
        }
        return typed.startsWith("-")
                ? "%s: no option of %s itself (see %s --help)".formatted(typed, path, path)
                : "%s: no verb of %s (expected: one of %s)%s"
                        .formatted(
                                typed,
                                path,
                                String.join(", ", group.names()),
                                NearMiss.hint(typed, group.names()));
    }

    private int misused(String text, Faults faults) {
        return faults.report(List.of(Complaint.of("USAGE", text)), ExitCode.INVALID);
    }

    /** The version that was built. */
    static String version() throws IOException {
        try (InputStream in = Windrow.class.getResourceAsStream("version.txt")) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
