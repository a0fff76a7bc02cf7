package dev.windrow.cli;

import dev.windrow.model.EnvironmentKind;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What {@code --environment} asks to be made for a job.
 *
 * @param option that says it
 */
record EnvironmentChoice(OptionSpec option) {

    /** The option. */
    static EnvironmentChoice offered() {
        return new EnvironmentChoice(
                Args.text(
                        "KIND",
                        "venv: install what the job's conda file lists under pip, once, into a"
                                + " virtual environment that is kept",
                        "--environment"));
    }

    /** What was asked for; empty when nothing was. */
    Optional<EnvironmentKind> asked() {
        return Args.text(option).map(EnvironmentChoice::kind);
    }

    private static EnvironmentKind kind(String typed) {
        return EnvironmentKind.of(typed)
                .orElseThrow(() ->
                        new UsageException("--environment: %s (expected: venv)".formatted(typed)));
    }
}
