package dev.windrow.testing.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * A disk that keeps what was flushed. What was written and not flushed is there for readers until a
 * crash, and may or may not survive it.
 */
public final class SimDisk {

    private final List<Runnable> unflushed = new ArrayList<>();

    /** Writes something that takes effect durably when it is flushed. */
    public void write(Runnable effect) {
        unflushed.add(effect);
    }

    /** Makes everything written durable. */
    public void flush() {
        List<Runnable> effects = List.copyOf(unflushed);
        unflushed.clear();
        effects.forEach(Runnable::run);
    }

    /**
     * The machine loses power.
     *
     * @param survives true when the disk happened to have written everything
     */
    public void crash(boolean survives) {
        if (survives) {
            flush();
        } else {
            unflushed.clear();
        }
    }
}
