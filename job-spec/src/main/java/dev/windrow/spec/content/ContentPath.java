package dev.windrow.spec.content;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rules of paths in a manifest; none of them can lead out of the folder. */
final class ContentPath {
    static final int BYTES_MOST = 1_024;
    static final int NAME_BYTES_MOST = 255;
    static final int STEPS_MOST = 64;

    private static final char REPLACEMENT = '\uFFFD';

    private ContentPath() {}

    /** The rule that a path breaks; empty when it may be used. */
    static Optional<String> rule(String path) {
        if (path.isEmpty() || utf8(path) > BYTES_MOST) {
            return Optional.of("1 to " + BYTES_MOST + " bytes of UTF-8");
        }
        String[] steps = path.split("/", -1);
        if (steps.length > STEPS_MOST) {
            return Optional.of("at most " + STEPS_MOST + " names deep");
        }
        for (String step : steps) {
            if (step.isEmpty() || step.equals(".") || step.equals("..")) {
                return Optional.of("a relative path without empty names, . and ..");
            }
            if (utf8(step) > NAME_BYTES_MOST) {
                return Optional.of("names of at most " + NAME_BYTES_MOST + " bytes of UTF-8");
            }
        }
        return path.codePoints().anyMatch(ContentPath::isRefused)
                ? Optional.of("names that are UTF-8 without control characters and backslashes")
                : Optional.empty();
    }

    /** A backslash separates names on some systems; half a pair of characters is no text. */
    private static boolean isRefused(int c) {
        return c < ' '
                || c == 0x7f
                || c == '\\'
                || c == REPLACEMENT
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    static String check(String path) {
        Optional<String> broken = rule(path);
        if (broken.isPresent()) {
            throw new IllegalArgumentException(
                    "path: " + shown(path) + " (expected: " + broken.get() + ")");
        }
        return path;
    }

    static String shown(String path) {
        StringBuilder shown = new StringBuilder();
        path.chars().limit(200).forEach(c -> shown.append(c < ' ' ? '?' : (char) c));
        return shown.toString();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Folder by folder: a folder's files stand behind each other and directly behind a file of its
     * name, so that each line has to be compared with the one before and no other.
     */
    static int compare(String one, String other) {
        byte[] a = one.getBytes(StandardCharsets.UTF_8);
        byte[] b = other.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return Integer.compare(weight(a[i]), weight(b[i]));
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static int weight(byte value) {
        return value == '/' ? 0 : (value & 0xff) + 1;
    }
}
