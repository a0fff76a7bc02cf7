package dev.windrow.runtime.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and texts as all reports write them. */
final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int MINUTE = 60;

    private Words() {}

    /** UTC, to the second. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** {@code h:mm:ss}. */
    static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return "%d:%02d:%02d"
                .formatted(seconds / 3600, seconds / MINUTE % MINUTE, seconds % MINUTE);
    }

    /** Seconds with two digits, from a minute on as a clock shows it. */
    static String span(Duration time) {
        return time.toSeconds() >= MINUTE
                ? clock(time)
                : String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
    }

    /** With a blank between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
    }

    /** {@code 1 mini-batch}, {@code 2 mini-batches}. */
    static String count(long value, String one, String several) {
        return number(value) + " " + (value == 1 ? one : several);
    }

    /** At most so many characters, with an ellipsis where some are missing. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** The first line, and no more than so many characters of it. */
    static String firstLine(String text, int most) {
        int end = text.indexOf('\n');
        return shortened((end < 0 ? text : text.substring(0, end)).stripTrailing(), most);
    }

    /** Each line moved to the right. */
    static String indented(String text, int by) {
        return text.stripTrailing().indent(by);
    }

    /** As a string of JSON. */
    static void quote(String text, StringBuilder into) {
        into.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                into.append('\\').append(c);
            } else if (c < ' ') {
                into.append("\\u").append("%04x".formatted((int) c));
            } else {
                into.append(c);
            }
        }
        into.append('"');
    }
}
