package dev.windrow.spec;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown with all mistakes of a job at once, sorted by their place. */
public final class InvalidJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Comparator<Mistake> ORDER =
            Comparator.comparingInt(Mistake::line)
                    .thenComparingInt(Mistake::column)
                    .thenComparing(Mistake::path)
                    .thenComparing(Mistake::code);

    private final String source;
    private final transient List<Mistake> mistakes;

    /** Makes the exception; {@code source} is the name of the file or of whatever was read. */
    public InvalidJobException(String source, List<Mistake> mistakes) {
        this(mistakes.stream().sorted(ORDER).toList(), source);
    }

    private InvalidJobException(List<Mistake> sorted, String source) {
        super(
                sorted.stream()
                        .map(mistake -> line(source, mistake))
                        .collect(Collectors.joining("\n")));
        this.source = source;
        this.mistakes = sorted;
    }

    /** Gives the name of the file or of whatever was read. */
    public String source() {
        return source;
    }

    /** Gives all mistakes, sorted by line and column; those outside the file come first. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String line(String source, Mistake mistake) {
        return source + (mistake.line() == 0 ? ": " : ":") + mistake;
    }
}
