package dev.windrow.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One verb of the command. */
interface Verb {

    /** What may be given. */
    CommandSpec spec();

    /** Does it and returns the exit code. */
    int run(ParseResult given, Shell shell) throws IOException;
}
