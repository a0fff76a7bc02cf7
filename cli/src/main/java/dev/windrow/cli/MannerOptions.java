package dev.windrow.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say how a run is shown and what counts as success. */
final class MannerOptions {

    private final OptionSpec failOnError =
            Args.flag("--fail-on-error", "exit code 4 also when it completed with failed items");
    private final OptionSpec quiet = Args.flag("--quiet", "print the summary only");
    private final OptionSpec json =
            Args.flag("--json", "print one JSON document on standard output instead");

    List<OptionSpec> all() {
        return List.of(failOnError, quiet, json);
    }

    Manner manner() {
        return new Manner(Args.given(json), Args.given(quiet), Args.given(failOnError));
    }
}
