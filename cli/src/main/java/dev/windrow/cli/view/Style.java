package dev.windrow.cli.view;

/**
 * What the place that is written to can show.
 *
 * @param color whether escape sequences for colors may be written
 * @param unicode whether signs beyond ASCII may be written
 */
public record Style(boolean color, boolean unicode) {

    /** Plain ASCII. */
    public static final Style PLAIN = new Style(false, false);

    private static final char ESCAPE = (char) 27;

    /** What a piece of text is. */
    public enum Paint {
        NONE(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        WARNING("33");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    /** The text in its color; takes no more columns than the text. */
    public String paint(Paint paint, String text) {
        return color && paint != Paint.NONE
                ? ESCAPE + "[" + paint.code + "m" + text + ESCAPE + "[0m"
                : text;
    }

    /** A bar of that many columns. */
    public String bar(double share, int columns) {
        int full = (int) Math.floor(Math.clamp(share, 0, 1) * columns);
        String done = (unicode ? "\u2501" : "#").repeat(full);
        String left = (unicode ? (color ? "\u2501" : "\u2500") : "-").repeat(columns - full);
        return paint(Paint.GOOD, done) + paint(Paint.FAINT, left);
    }
}
