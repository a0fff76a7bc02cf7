package dev.windrow.testing.sim;

import java.util.PriorityQueue;

/**
 * Everything that is going to happen, in order of time; what is due together, in order of entry.
 */
public final class Agenda {

    private final ManualTime time;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long entered;

    private record Entry(long at, long order, Runnable act) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    public Agenda(ManualTime time) {
        this.time = time;
    }

    /**
     * Enters something.
     *
     * @param micros from now, 0 or more
     */
    public void in(long micros, Runnable act) {
        at(time.micros() + Math.max(0, micros), act);
    }

    /**
     * Enters something.
     *
     * @param micros since the start; at once when that is past
     */
    public void at(long micros, Runnable act) {
        entries.add(new Entry(Math.max(micros, time.micros()), entered++, act));
    }

    /** Lets the next thing happen; returns false when there is none. */
    public boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        time.advanceTo(next.at());
        next.act().run();
        return true;
    }
}
