package dev.windrow.spec.compute;

import dev.windrow.spec.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown with all mistakes of a compute's document at once. */
public final class InvalidComputeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    /** Makes the exception. */
    public InvalidComputeException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::message).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Gives all mistakes, at least one. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
