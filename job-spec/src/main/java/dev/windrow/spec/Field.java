package dev.windrow.spec;

/**
 * A field of a job file.
 *
 * @param about one sentence for people who hover over it in an editor
 */
record Field(String name, FieldType type, boolean required, String about) {}
