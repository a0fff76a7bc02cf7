package dev.windrow.testing.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The last steps of a simulation, in words. Costs nothing while it is off. */
public final class Trace {

    private static final int KEPT = Integer.getInteger("windrow.trace", 80);

    private final ManualTime time;
    private final boolean on;
    private final Deque<String> lines = new ArrayDeque<>();

    public Trace(ManualTime time, boolean on) {
        this.time = time;
        this.on = on;
    }

    public void say(Supplier<String> line) {
        if (on) {
            lines.addLast("%12.6f  %s".formatted(time.micros() / 1e6, line.get()));
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    public String text() {
        return String.join(System.lineSeparator(), lines);
    }
}
