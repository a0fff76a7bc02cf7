package dev.windrow.spec.content;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The bytes that {@code [..]} of an ignore pattern stands for.
 *
 * @param end where the pattern goes on
 */
record IgnoreSet(BitSet bytes, boolean negated, int end) {
    private static final Map<String, IntPredicate> CLASSES =
            Map.ofEntries(
                    Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
                    Map.entry("alpha", IgnoreSet::isLetter),
                    Map.entry("blank", c -> c == ' ' || c == '\t'),
                    Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
                    Map.entry("digit", IgnoreSet::isDigit),
                    Map.entry("graph", c -> c > ' ' && c < 0x7f),
                    Map.entry("lower", c -> c >= 'a' && c <= 'z'),
                    Map.entry("print", c -> c >= ' ' && c < 0x7f),
                    Map.entry("punct", c -> c > ' ' && c < 0x7f && !isLetter(c) && !isDigit(c)),
                    Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
                    Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
                    Map.entry(
                            "xdigit",
                            c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    boolean holds(byte c) {
        return bytes.get(c & 0xff) != negated;
    }

    /** Reads the set that begins at the bracket; empty when it does not end, or makes no sense. */
    static Optional<IgnoreSet> parse(byte[] text, int bracket) {
        BitSet bytes = new BitSet(256);
        int at = bracket + 1;
        boolean negated = at < text.length && (text[at] == '!' || text[at] == '^');
        at += negated ? 1 : 0;
        int first = at;
        while (at < text.length && (text[at] != ']' || at == first)) {
            if (text[at] == '[' && at + 1 < text.length && text[at + 1] == ':') {
                int end = named(text, at, bytes);
                if (end < 0) {
                    return Optional.empty();
                }
                at = end;
                continue;
            }
            at += text[at] == '\\' ? 1 : 0;
            if (at >= text.length) {
                return Optional.empty();
            }
            int from = text[at++] & 0xff;
            int to = from;
            if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
                at += text[at + 1] == '\\' ? 2 : 1;
                if (at >= text.length) {
                    return Optional.empty();
                }
                to = text[at++] & 0xff;
            }
            if (from <= to) {
                bytes.set(from, to + 1);
            }
        }
        return at < text.length
                ? Optional.of(new IgnoreSet(bytes, negated, at + 1))
                : Optional.empty();
    }

    /** A class such as {@code [:alpha:]}; gives where the text goes on, or less than 0. */
    private static int named(byte[] text, int from, BitSet into) {
        String rest =
                new String(
                        text,
                        from + 2,
                        Math.min(10, text.length - from - 2),
                        StandardCharsets.ISO_8859_1);
        int end = rest.indexOf(":]");
        IntPredicate known = end < 0 ? null : CLASSES.get(rest.substring(0, end));
        if (known == null) {
            return -1;
        }
        for (int c = 0; c < 128; c++) {
            if (known.test(c)) {
                into.set(c);
            }
        }
        return from + 2 + end + 2;
    }
}
