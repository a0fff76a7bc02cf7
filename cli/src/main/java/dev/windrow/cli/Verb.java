package dev.windrow.cli;

import java.io.IOException;

/** One verb of the command; made anew for each command line, whose values its options then hold. */
interface Verb {

    /** What may be given, and what its help says. To be called once. */
    Page describe();

    /** Does it, after its options were read, and returns the exit code. */
    int run(Shell shell) throws IOException;
}
