package dev.windrow.cli;

import sun.misc.Signal;

/** Signals of the operating system; the one place that needs a class beyond Java's own API. */
final class Signals {

    private Signals() {}

    /** Has something done at each signal from now on, on a thread of its own. */
    static void on(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), _ -> action.run());
        } catch (IllegalArgumentException _) {
            // The system has no such signal, or the JVM was told to keep it.
        }
    }
}
