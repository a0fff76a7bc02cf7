package dev.windrow.testing.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The folder of segments that all agents of a job share. Other machines see what is flushed. */
public final class SimSegments {

    private final Map<String, Segment> segments = new HashMap<>();

    private static final class Segment {
        final int machine;
        final StringBuilder text = new StringBuilder();
        int flushed;

        Segment(int machine) {
            this.machine = machine;
        }
    }

    /** Appends rows, not flushed, and returns where they begin. */
    public long write(int machine, String segment, String rows) {
        StringBuilder text = segments.computeIfAbsent(segment, _ -> new Segment(machine)).text;
        int offset = text.length();
        text.append(rows);
        return offset;
    }

    /** Makes everything written to these segments durable. */
    public void flush(Set<String> names) {
        for (String name : names) {
            Segment segment = segments.get(name);
            if (segment != null) {
                segment.flushed = segment.text.length();
            }
        }
    }

    /** The machine loses power: what it had not flushed is gone. */
    public void crash(int machine) {
        for (Segment segment : segments.values()) {
            if (segment.machine == machine) {
                segment.text.setLength(segment.flushed);
            }
        }
    }

    /** Bytes as another machine reads them; empty when they are not all there. */
    public Optional<String> read(String name, long offset, long length) {
        Segment segment = segments.get(name);
        if (segment == null || offset + length > segment.flushed) {
            return Optional.empty();
        }
        return Optional.of(segment.text.substring((int) offset, (int) (offset + length)));
    }
}
