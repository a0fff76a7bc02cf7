package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
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

    Windrow(Shell shell) {
        this.shell = shell;
    }

    /** Returns the exit code. */
    int run(String[] args) {
        boolean json = Arrays.asList(args).contains("--json");
        Faults faults = new Faults(shell, json);
        try {
            return dispatch(args, faults);
        } catch (IOException | RuntimeException | Error e) {
            return faults.report(e);
        }
    }

    private int dispatch(String[] args, Faults faults) throws IOException {
        String first = args.length == 0 ? "--help" : args[0];
        return switch (first) {
            case "-h", "--help", "help" -> help(args.length > 1 ? args[1] : "", args.length == 0);
            case "-V", "--version" -> {
                shell.out(List.of("windrow " + version()));
                yield ExitCode.COMPLETED;
            }
            default -> {
                Optional<Verb> verb = Verbs.find(first);
                yield verb.isPresent() ? run(verb.get(), args, faults) : unknown(first, faults);
            }
        };
    }

    private int run(Verb verb, String[] args, Faults faults) throws IOException {
        try {
            Given given = verb.syntax().parse(List.of(args).subList(1, args.length));
            return given.has("--help") ? help(args[0], false) : verb.run(given, shell);
        } catch (UsageException e) {
            String text = "%s (see windrow %s --help)".formatted(e.getMessage(), args[0]);
            return faults.report(List.of(Complaint.of("USAGE", text)), ExitCode.INVALID);
        }
    }

    private int unknown(String verb, Faults faults) {
        String text =
                verb.startsWith("-")
                        ? "%s: no option of windrow itself (see windrow --help)".formatted(verb)
                        : "%s: no verb of windrow (expected: one of %s)"
                                .formatted(verb, String.join(", ", Verbs.NAMES));
        return faults.report(List.of(Complaint.of("USAGE", text)), ExitCode.INVALID);
    }

    private int help(String verb, boolean unasked) {
        Optional<String> text = HelpText.of(verb);
        String shown = text.orElseGet(HelpText::overview);
        if (unasked) {
            shell.err(shown.stripTrailing());
            return ExitCode.INVALID;
        }
        shell.out(List.of(shown.stripTrailing()));
        return ExitCode.COMPLETED;
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
