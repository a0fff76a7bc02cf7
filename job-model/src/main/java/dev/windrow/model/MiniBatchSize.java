package dev.windrow.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of a mini-batch: digits, optionally followed by kb, mb or gb in any case.
 *
 * <p>It counts files when the input is a list of files and bytes when it is a table, whatever the
 * unit. A factor is 1024.
 *
 * @param text the size as written, in lower case
 */
public record MiniBatchSize(String text) {
    /** The grammar in words, to follow "expected:". */
    public static final String RULE = "digits, optionally followed by kb, mb or gb, 1 or more";

    private static final Pattern GRAMMAR =
            Pattern.compile("([0-9]{1,19})([kmg]b)?", Pattern.CASE_INSENSITIVE);

    /** Checks the grammar; zero and sizes beyond 63 bits are refused. */
    public MiniBatchSize {
        measure(text);
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Makes a size without a unit. */
    public static MiniBatchSize of(long count) {
        return new MiniBatchSize(Long.toString(count));
    }

    /** Gives the size as a number of files or bytes, at least 1. */
    public long value() {
        return measure(text);
    }

    /** Tells whether the size was written with a unit. */
    public boolean hasUnit() {
        return text.endsWith("b");
    }

    @Override
    public String toString() {
        return text;
    }

    private static long measure(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw Rules.broken("mini_batch_size", text, RULE);
        }
        try {
            long value =
                    Math.multiplyExact(Long.parseLong(matcher.group(1)), factor(matcher.group(2)));
            if (value >= 1) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException _) {
            throw Rules.broken("mini_batch_size", text, "a size that fits into 63 bits");
        }
        throw Rules.broken("mini_batch_size", text, RULE);
    }

    private static long factor(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (Character.toLowerCase(unit.charAt(0))) {
            case 'k' -> 1L << 10;
            case 'm' -> 1L << 20;
            default -> 1L << 30;
        };
    }
}
