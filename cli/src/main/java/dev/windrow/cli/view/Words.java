package dev.windrow.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Words {

    private static final int ERROR_MAX = 400;

    private Words() {}

    /** With commas: {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 mini-batch}, {@code 2 mini-batches}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A running clock: {@code 0:42}, {@code 1:02:03}. */
    public static String clock(Duration elapsed) {
        long seconds = Math.max(0, elapsed.toSeconds());
        return seconds < 3_600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** A measured time: {@code 0.042 s}, {@code 4.2 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String span(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.3f s", seconds);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3_600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3_600, whole / 60 % 60);
    }

    /** An estimate, no finer than it deserves: {@code 7 s}, {@code 45 s}, {@code 12 min}. */
    public static String about(Duration left) {
        long seconds = Math.max(1, (left.toMillis() + 999) / 1_000);
        if (seconds <= 10) {
            return seconds + " s";
        }
        if (seconds < 115) {
            return (seconds + 4) / 5 * 5 + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long rounded = (minutes + 4) / 5 * 5;
        return rounded < 24 * 60
                ? "%d h %d min".formatted(rounded / 60, rounded % 60)
                : "%d d %d h".formatted(rounded / 1_440, rounded / 60 % 24);
    }

    /** A speed: {@code 1,204/s}, {@code 3.5/s}, {@code 12/min}, {@code 2.5/h}. */
    public static String rate(double perSecond) {
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

    /** Bytes: {@code 12 B}, {@code 3.4 MB}. */
    public static String bytes(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** What a user's program said, as one line without control characters. */
    public static String oneLine(String text) {
        return oneLine(text, ERROR_MAX);
    }

    /** The same, cut after so many signs. */
    static String oneLine(String text, int most) {
        StringBuilder line = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(most)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return text.strip().codePointCount(0, text.strip().length()) > most
                ? line + "..."
                : line.toString();
    }
}
