package dev.windrow.cli;

import java.util.List;
import java.util.Optional;

/** The verbs by name; the classes of a verb are loaded when it is asked for. */
final class Verbs {

    static final List<String> NAMES =
            List.of(
                    "run",
                    "validate",
                    "resume",
                    "list",
                    "show",
                    "logs",
                    "dump",
                    "prune",
                    "completion");

    private Verbs() {}

    static Optional<Verb> find(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "run" -> new RunVerb();
                    case "validate" -> new ValidateVerb();
                    case "resume" -> new ResumeVerb();
                    case "list" -> new ListVerb();
                    case "show" -> new ShowVerb();
                    case "logs" -> new LogsVerb();
                    case "dump" -> new DumpVerb();
                    case "prune" -> new PruneVerb();
                    case "completion" -> new CompletionVerb();
                    default -> null;
                });
    }
}
