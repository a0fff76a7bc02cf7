package dev.windrow.cli.view;

/**
 * One thing that kept the command from doing what it was asked.
 *
 * @param code stable, for programs
 * @param message one sentence
 * @param path dotted path of a job's field, or empty
 * @param line in the job file from 1, or 0
 * @param column in the job file from 1, or 0
 * @param value what was found, or empty
 * @param rule what was expected, or empty
 */
public record Complaint(
        String code, String message, String path, int line, int column, String value, String rule) {

    /** Something that is not in a job file. */
    public static Complaint of(String code, String message) {
        return new Complaint(code, message, "", 0, 0, "", "");
    }
}
