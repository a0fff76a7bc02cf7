package dev.windrow.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say how a run is shown and what counts as success. */
final class MannerOptions {

    private final OptionSpec failOnError =
            Args.flag("exit code 4 also when it completed with failed items", "--fail-on-error");
    private final OptionSpec quiet = Args.flag("print the summary only", "--quiet");
    private final OptionSpec json =
            Args.flag("print one JSON document on standard output instead", "--json");

    List<OptionSpec> all() {
        return List.of(failOnError, quiet, json);
    }

    Manner manner() {
        return new Manner(Args.given(json), Args.given(quiet), Args.given(failOnError));
    }
}
