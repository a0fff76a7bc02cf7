package dev.windrow.spec;

import java.util.Comparator;

/** A place in a job file; line and column count from 1, and 0 means outside the file. */
public record Place(int line, int column) implements Comparable<Place> {
    /** Stands for what was not written in the file, such as a command-line option. */
    public static final Place NONE = new Place(0, 0);

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
