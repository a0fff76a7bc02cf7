package dev.windrow.testing.sim;

/** The engine's process dies here. Thrown through the code under test, which must not catch it. */
public final class SimCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SimCrash(String where) {
        super(where, null, false, false);
    }
}
