package dev.windrow.data.publish;

import dev.windrow.data.DataException;
import dev.windrow.data.segment.SegmentRange;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * A process that publishes once from segments that are there, to be killed meanwhile: SEGMENTS SEED
 * COUNT LONGEST TARGET STOP-AT.
 *
 * <p>Says {@code at} when it takes range number STOP-AT, and then waits for a line; says {@code
 * last} at the end of the ranges, {@code done} at its own.
 */
final class PublishingProgram {
    private PublishingProgram() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        SegmentFixture fixture =
                SegmentFixture.describe(
                        Path.of(args[0]),
                        Long.parseLong(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]));
        Iterator<SegmentRange> ranges =
                new Stopping(fixture.ranges().iterator(), Integer.parseInt(args[5]), out);
        PublishRequest request = new PublishRequest(Path.of(args[4]), "job", "killed", true);
        try {
            new FilePublisher(fixture.segments()).publish(ranges, request);
            out.println("done");
        } catch (DataException e) {
            out.println(e.code());
        }
    }

    private static final class Stopping implements Iterator<SegmentRange> {
        private final Iterator<SegmentRange> ranges;
        private final int stopAt;
        private final PrintStream out;
        private int taken;

        Stopping(Iterator<SegmentRange> ranges, int stopAt, PrintStream out) {
            this.ranges = ranges;
            this.stopAt = stopAt;
            this.out = out;
        }

        @Override
        public boolean hasNext() {
            boolean more = ranges.hasNext();
            if (!more) {
                out.println("last");
            }
            return more;
        }

        @Override
        public SegmentRange next() {
            if (taken++ == stopAt) {
                out.println("at");
                readLine();
            }
            return ranges.next();
        }

        private static void readLine() {
            try {
                int read = System.in.read();
                if (read < 0) {
                    throw new IllegalStateException("the test is gone");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
