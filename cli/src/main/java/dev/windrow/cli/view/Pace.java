package dev.windrow.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How fast mini-batches end, and when the last one may. Says nothing before there is evidence. Not
 * safe for use by several threads.
 */
public final class Pace {

    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration RATE_EVIDENCE = Duration.ofSeconds(1);
    private static final Duration END_EVIDENCE = Duration.ofSeconds(2);
    private static final int ENOUGH = 5;
    private static final int LEAST = 3;
    private static final double SMOOTHING_SECONDS = 5;

    private final Deque<Sample> recent = new ArrayDeque<>();
    private @Nullable Sample begin;
    private @Nullable Sample last;
    private long total;
    private boolean bounded;
    private @Nullable Instant end;
    private Instant smoothedAt = Instant.EPOCH;

    private record Sample(Instant at, long ended) {}

    /**
     * Takes note of where the job is; to be called while workers are at work.
     *
     * @param ended mini-batches so far, those of former runs included
     * @param planned mini-batches so far
     * @param complete whether no more will be planned
     */
    public void observe(Instant now, long ended, long planned, boolean complete) {
        total = planned;
        bounded = complete;
        if (begin == null) {
            begin = new Sample(now, ended);
            last = begin;
            recent.add(begin);
        }
        if (last != null && ended > last.ended()) {
            last = new Sample(now, ended);
            recent.add(last);
        }
        while (recent.size() > 1 && isOld(second(), now)) {
            recent.removeFirst();
        }
        smooth(now);
    }

    private Sample second() {
        var samples = recent.iterator();
        samples.next();
        return samples.next();
    }

    private static boolean isOld(Sample sample, Instant now) {
        return sample.at().isBefore(now.minus(WINDOW));
    }

    /** Mini-batches per second, of the last seconds when enough ended in them. */
    public OptionalDouble rate(Instant now) {
        Sample from = begin;
        Sample to = last;
        if (from == null || to == null || to.ended() == from.ended()) {
            return OptionalDouble.empty();
        }
        if (seconds(from.at(), now) < RATE_EVIDENCE.toMillis() / 1e3) {
            return OptionalDouble.empty();
        }
        Sample base = recent.getFirst();
        long fresh = to.ended() - base.ended();
        if (fresh >= ENOUGH) {
            return OptionalDouble.of(fresh / seconds(base.at(), now));
        }
        return OptionalDouble.of(overall(from, to, now));
    }

    /** Of the whole run; falls only once the next one is later than they come on average. */
    private static double overall(Sample from, Sample to, Instant now) {
        long count = to.ended() - from.ended();
        double seconds = seconds(from.at(), to.at());
        double late = seconds(to.at(), now) - seconds / count;
        return count / (seconds + Math.max(0, late));
    }

    /** Time until the last mini-batch ends; empty while nobody can know. */
    public Optional<Duration> remaining(Instant now) {
        OptionalDouble rate = rate(now);
        Instant expected = end;
        if (expected == null || rate.isEmpty() || left() == 0) {
            return Optional.empty();
        }
        Duration smoothed = Duration.between(now, expected);
        return Optional.of(smoothed.isPositive() ? smoothed : straight(rate.getAsDouble()));
    }

    private void smooth(Instant now) {
        OptionalDouble rate = rate(now);
        Sample from = begin;
        Sample to = last;
        if (!bounded || rate.isEmpty() || from == null || to == null) {
            end = null;
            return;
        }
        boolean known =
                to.ended() - from.ended() >= LEAST && !now.isBefore(from.at().plus(END_EVIDENCE));
        if (!known) {
            return;
        }
        Instant fresh = to.at().plus(straight(rate.getAsDouble()));
        Instant before = end;
        if (before == null || before.isBefore(now)) {
            end = fresh;
        } else {
            double weight = 1 - Math.exp(-seconds(smoothedAt, now) / SMOOTHING_SECONDS);
            end =
                    before.plusMillis(
                            Math.round(Duration.between(before, fresh).toMillis() * weight));
        }
        smoothedAt = now;
    }

    private Duration straight(double rate) {
        return Duration.ofMillis(Math.round(Math.min(left() / rate * 1e3, 1e12)));
    }

    private long left() {
        return last == null ? 0 : Math.max(0, total - last.ended());
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }
}
