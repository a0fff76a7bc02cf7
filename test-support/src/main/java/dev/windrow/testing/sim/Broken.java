package dev.windrow.testing.sim;

import java.util.function.Supplier;

/** An invariant does not hold. */
public final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Broken(String message) {
        super(message);
    }

    /** Throws unless this holds. */
    static void unless(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Broken(otherwise.get());
        }
    }
}
