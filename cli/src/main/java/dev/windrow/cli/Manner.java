package dev.windrow.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How a run is to be shown, and what counts as success. */
record Manner(boolean json, boolean quiet, boolean failOnError) {

    static List<OptionSpec> options() {
        return List.of(Given.flag("--json"), Given.flag("--quiet"), Given.flag("--fail-on-error"));
    }

    static Manner of(ParseResult given) {
        return new Manner(
                Given.has(given, "--json"),
                Given.has(given, "--quiet"),
                Given.has(given, "--fail-on-error"));
    }
}
