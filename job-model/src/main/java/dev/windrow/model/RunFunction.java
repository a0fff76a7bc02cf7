package dev.windrow.model;

import java.util.Optional;

/**
 * The script of a job and how it is called.
 *
 * @param code folder with the script; the job file's own folder unless set
 * @param entryScript path relative to the code, or a dotted module
 * @param programArguments the arguments before substitution
 * @param appendRowTo name of the output that results are appended to
 */
public record RunFunction(
        Optional<String> code,
        String entryScript,
        Optional<String> programArguments,
        Optional<Environment> environment,
        Optional<String> appendRowTo) {
    /** Rejects blank names. */
    public RunFunction {
        Rules.notBlank("task.entry_script", entryScript);
        Rules.notBlank("task.code", code);
        Rules.notBlank("task.append_row_to", appendRowTo);
    }

    /** Makes a task of one script with nothing else set. */
    public static RunFunction of(String entryScript) {
        return new RunFunction(
                Optional.empty(),
                entryScript,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
