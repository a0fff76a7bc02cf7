package dev.windrow.cli;

/** How a run is to be shown, and what counts as success. */
record Manner(boolean json, boolean quiet, boolean failOnError) {}
