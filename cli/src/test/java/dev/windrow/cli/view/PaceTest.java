package dev.windrow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private final Pace pace = new Pace();

    private Instant feed(int fromMillis, int toMillis, double perSecond, long before, long total) {
        Instant now = BEGIN;
        for (int at = fromMillis; at <= toMillis; at += 100) {
            now = BEGIN.plusMillis(at);
            long ended = before + (long) Math.floor((at - fromMillis) / 1e3 * perSecond);
            pace.observe(now, ended, total, true);
        }
        return now;
    }

    @Test
    void saysNothingWithoutEvidence() {
        Instant now = feed(0, 900, 100, 0, 10_000);
        assertThat(pace.rate(now)).isEmpty();
        assertThat(pace.remaining(now)).isEmpty();
        assertThat(new Pace().rate(now)).isEmpty();
    }

    @Test
    void saysNoEndWhileThePlanGrows() {
        Instant now = feed(0, 5_000, 100, 0, 10_000);
        pace.observe(now, 500, 10_000, false);
        assertThat(pace.remaining(now)).isEmpty();
        assertThat(pace.rate(now)).isPresent();
    }

    @Test
    void findsTheRateOfTheLastSecondsAndTheEnd() {
        Instant now = feed(0, 20_000, 100, 0, 10_000);
        assertThat(pace.rate(now).orElseThrow()).isCloseTo(100, Offset.offset(3.0));
        assertThat(pace.remaining(now).orElseThrow())
                .isBetween(Duration.ofSeconds(75), Duration.ofSeconds(85));
    }

    @Test
    void countsOnlyWhatEndedSinceItBegan() {
        Instant now = feed(0, 10_000, 10, 5_000, 6_000);
        assertThat(pace.rate(now).orElseThrow()).isCloseTo(10, Offset.offset(1.0));
        assertThat(pace.remaining(now).orElseThrow())
                .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(100));
    }

    @Test
    void followsAChangeOfSpeedWithoutJumping() {
        feed(0, 10_000, 100, 0, 10_000);
        Instant soon = feed(10_100, 11_000, 10, 1_000, 10_000);
        Duration first = pace.remaining(soon).orElseThrow();
        Instant later = feed(11_100, 40_000, 10, 1_009, 10_000);
        assertThat(first).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(200));
        assertThat(pace.remaining(later).orElseThrow())
                .isBetween(Duration.ofSeconds(700), Duration.ofSeconds(960));
    }

    @Test
    void knowsSlowJobsByTheirWholeRun() {
        Instant now = BEGIN;
        for (int second = 0; second <= 300; second++) {
            now = BEGIN.plusSeconds(second);
            pace.observe(now, second / 30, 20, true);
        }
        assertThat(pace.rate(now).orElseThrow() * 60).isCloseTo(2, Offset.offset(0.1));
        assertThat(pace.remaining(now).orElseThrow())
                .isBetween(Duration.ofSeconds(240), Duration.ofSeconds(330));
    }

    @Test
    void saysNothingOnceAllHaveEnded() {
        Instant now = feed(0, 10_000, 100, 0, 1_000);
        assertThat(pace.remaining(now)).isEmpty();
    }

    /** As when a server is away for fifteen seconds, while agents go on with what they have. */
    @Test
    void countsNeitherTheTimeOfAPauseNorWhatWasDoneInIt() {
        Instant before = feed(0, 10_000, 100, 0, 10_000);
        Duration left = pace.remaining(before).orElseThrow();
        pace.pause(before);
        for (int at = 10_100; at <= 25_000; at += 100) {
            Instant now = BEGIN.plusMillis(at);
            assertThat(pace.rate(now)).isEqualTo(pace.rate(before));
            assertThat(pace.remaining(now)).contains(left);
        }
        pace.resume(BEGIN.plusSeconds(25));
        // What was done meanwhile is told by one agent after the other.
        feed(25_000, 25_400, 1_000, 1_100, 10_000);
        for (int at = 25_500; at <= 40_000; at += 100) {
            Instant now = feed(at, at, 100, 1_500 + (at - 25_500) / 10, 10_000);
            assertThat(pace.rate(now).orElseThrow()).isCloseTo(100, Offset.offset(3.0));
        }
        Instant end = BEGIN.plusSeconds(40);
        assertThat(pace.remaining(end).orElseThrow())
                .isBetween(Duration.ofSeconds(68), Duration.ofSeconds(75));
    }

    @Test
    void doesNotMindAPauseBeforeItBegan() {
        pace.pause(BEGIN);
        pace.resume(BEGIN);
        Instant now = feed(0, 10_000, 100, 0, 10_000);
        assertThat(pace.rate(now).orElseThrow()).isCloseTo(100, Offset.offset(3.0));
    }

    @Test
    void isNotMisledByCountsThatGoBack() {
        feed(0, 10_000, 100, 0, 10_000);
        Instant now = feed(10_100, 12_000, 100, 500, 10_000);
        assertThat(pace.rate(now).orElseThrow()).isBetween(40.0, 101.0);
        assertThat(pace.remaining(now).orElseThrow()).isPositive();
    }
}
