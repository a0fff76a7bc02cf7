package dev.windrow.cli;

import java.io.IOException;

/** One verb of the command. */
interface Verb {

    /** What may be given. */
    Syntax syntax();

    /** Does it and returns the exit code. */
    int run(Given given, Shell shell) throws IOException;
}
