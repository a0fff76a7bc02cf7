package dev.windrow.client;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as {@code windrow run} writes them. */
final class Words {
    private static final int LINE_MAX = 400;

    private Words() {}

    /** With commas: {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 mini-batch}, {@code 2 mini-batches}. */
    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A running clock: {@code 0:42}, {@code 1:02:03}. */
    static String clock(Duration elapsed) {
        long seconds = Math.max(0, elapsed.toSeconds());
        return seconds < 3_600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** A measured time: {@code 0.042 s}, {@code 4.2 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String span(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3_600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3_600, whole / 60 % 60);
    }

    /** A speed: {@code 1,204/s}, {@code 3.5/s}, {@code 12/min}, {@code 2.5/h}. */
    static String rate(double perSecond) {
        if (perSecond >= 1) {
            return number(perSecond) + "/s";
        }
        return perSecond * 60 >= 1
                ? number(perSecond * 60) + "/min"
                : number(perSecond * 3_600) + "/h";
    }

    private static String number(double value) {
        return value >= 10
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    /** What came from elsewhere, as one line without control characters. */
    static String oneLine(String text) {
        String stripped = text.strip();
        StringBuilder line = new StringBuilder();
        stripped.codePoints()
                .limit(LINE_MAX)
                .map(sign -> Character.isISOControl(sign) ? ' ' : sign)
                .forEach(line::appendCodePoint);
        return stripped.codePointCount(0, stripped.length()) > LINE_MAX
                ? line + "..."
                : line.toString();
    }
}
