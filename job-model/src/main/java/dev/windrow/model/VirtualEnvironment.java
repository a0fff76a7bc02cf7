package dev.windrow.model;

import java.util.List;

/**
 * A Python environment that is made for a job before its workers start.
 *
 * @param python the versions of Python that it may have
 * @param pip lines of a requirements file, as pip reads them
 */
public record VirtualEnvironment(PythonRule python, List<String> pip) {
    /** Lines of one environment at most. */
    public static final int LINES_MOST = 500;

    /** Characters of a line at most. */
    public static final int LINE_MOST = 1_000;

    /** What a line has to be. */
    public static final String LINE_RULE =
            "one line of 1 to " + LINE_MOST + " characters, without control characters";

    /** Checks the lines, which are read by a program line by line. */
    public VirtualEnvironment {
        pip = List.copyOf(pip);
        if (pip.size() > LINES_MOST) {
            throw Rules.broken("pip", pip.size() + " lines", LINES_MOST + " at most");
        }
        for (String line : pip) {
            if (!isLine(line)) {
                throw Rules.broken("pip", line, LINE_RULE);
            }
        }
    }

    /** Tells whether a text can stand on a line of its own, and ends there. */
    public static boolean isLine(String text) {
        return !text.isBlank()
                && text.length() <= LINE_MOST
                && !text.endsWith("\\")
                && text.chars().noneMatch(VirtualEnvironment::breaks);
    }

    /** Python's readers of lines also end one at these. */
    private static boolean breaks(int letter) {
        return Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029';
    }
}
