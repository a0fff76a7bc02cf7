package dev.windrow.api.http;

/** Texts of clients, made fit to be repeated to them. */
final class Texts {

    private static final int MOST = 200;

    private Texts() {}

    /** Short, and without characters that would do something to a terminal. */
    static String shown(String text) {
        String cut = text.length() > MOST ? text.substring(0, MOST) + "…" : text;
        StringBuilder out = new StringBuilder(cut.length());
        cut.codePoints()
                .map(one -> Character.isISOControl(one) || one == 0xFFFD ? '?' : one)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
