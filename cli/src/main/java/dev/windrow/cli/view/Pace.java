package dev.windrow.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How fast mini-batches end, and when the last one may. Says nothing before there is evidence. A
 * time in which nothing is heard of the job can be cut out: its clock stands still meanwhile, and
 * what ended then counts as done, but says nothing of the pace. Not safe for use by several
 * threads.
 */
public final class Pace {

    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration RATE_EVIDENCE = Duration.ofSeconds(1);
    private static final Duration END_EVIDENCE = Duration.ofSeconds(2);
    private static final int ENOUGH = 5;
    private static final int LEAST = 3;
    private static final double SMOOTHING_SECONDS = 5;

    /** What was done in a pause is told in pieces. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final Deque<Sample> recent = new ArrayDeque<>();
    private @Nullable Sample begin;
    private @Nullable Sample last;
    private long total;
    private long done;
    private boolean bounded;
    private @Nullable Instant end;
    private Instant smoothedAt = Instant.EPOCH;

    private @Nullable Instant pausedAt;
    private @Nullable Instant pauseEnds;
    private Duration cutOut = Duration.ZERO;
    private long endedInPauses;

    /** At a moment of its own clock, without what ended in pauses. */
    private record Sample(Instant at, long ended) {}

    /**
     * Takes note of where the job is; to be called while workers are at work.
     *
     * @param ended mini-batches so far, those of former runs included
     * @param planned mini-batches so far
     * @param complete whether no more will be planned
     */
    public void observe(Instant now, long ended, long planned, boolean complete) {
        endPause(now);
        total = planned;
        bounded = complete;
        done = Math.max(done, ended);
        if (pausedAt != null && last != null) {
            endedInPauses = Math.max(endedInPauses, done - last.ended());
        }
        take(working(now), done - endedInPauses);
    }

    private void take(Instant at, long ended) {
        if (begin == null) {
            begin = new Sample(at, ended);
            last = begin;
            recent.add(begin);
        }
        if (last != null && ended > last.ended()) {
            last = new Sample(at, ended);
            recent.add(last);
        }
        while (recent.size() > 1 && isOld(second(), at)) {
            recent.removeFirst();
        }
        smooth(at);
    }

    /** From now on nothing is known of the job; nothing changes when that is so already. */
    public void pause(Instant now) {
        endPause(now);
        if (begin != null && pausedAt == null) {
            pausedAt = now;
        }
        pauseEnds = null;
    }

    /** The job is heard again; the pause goes on for two seconds. */
    public void resume(Instant now) {
        if (pausedAt != null && pauseEnds == null) {
            pauseEnds = now.plus(SETTLING);
        }
    }

    private void endPause(Instant now) {
        if (pausedAt != null && pauseEnds != null && !now.isBefore(pauseEnds)) {
            cutOut = cutOut.plus(Duration.between(pausedAt, pauseEnds));
            pausedAt = null;
            pauseEnds = null;
        }
    }

    /** The moment on a clock that stands still in pauses. */
    private Instant working(Instant now) {
        Instant from = pausedAt;
        Instant to = pauseEnds;
        if (from == null || now.isBefore(from)) {
            return now.minus(cutOut);
        }
        Duration after = to == null || now.isBefore(to) ? Duration.ZERO : Duration.between(to, now);
        return from.plus(after).minus(cutOut);
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
        return rateAt(working(now));
    }

    private OptionalDouble rateAt(Instant now) {
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
        Duration smoothed = Duration.between(working(now), expected);
        return Optional.of(smoothed.isPositive() ? smoothed : straight(rate.getAsDouble()));
    }

    private void smooth(Instant now) {
        OptionalDouble rate = rateAt(now);
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
        return Math.max(0, total - done);
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }
}
