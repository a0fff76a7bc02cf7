package dev.windrow.cli;

/** How a run is to be shown, and what counts as success. */
record Manner(boolean json, boolean quiet, boolean failOnError) {

    static Syntax add(Syntax syntax) {
        return syntax.flag("--json").flag("--quiet").flag("--fail-on-error");
    }

    static Manner of(Given given) {
        return new Manner(given.has("--json"), given.has("--quiet"), given.has("--fail-on-error"));
    }
}
