package dev.windrow.engine.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private static final Thresholds NONE = new Thresholds(-1, -1, 100);

    @Test
    void addsUpAtEveryMoment() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Thresholds limits = random.nextBoolean() ? NONE : new Thresholds(3, 2, 10);
            Tally tally = new Tally(limits);
            int outstanding = 0;
            for (int i = 0; i < 300; i++) {
                if (outstanding == 0 || random.nextInt(4) == 0) {
                    tally.planned(1, 5);
                    outstanding++;
                } else if (random.nextInt(3) == 0) {
                    tally.failed(5, random.nextBoolean());
                    outstanding--;
                } else {
                    tally.succeeded(5, random.nextInt(12));
                    outstanding--;
                }
                Counts counts = tally.counts();
                assertThat(counts.outstandingMiniBatches()).isEqualTo(outstanding);
                assertThat(counts.outstandingItems()).isEqualTo(5L * outstanding);
            }
        }
    }

    @Test
    void neverCountsALongReturnTwice() {
        Tally tally = new Tally(NONE);
        tally.planned(1, 10);
        tally.succeeded(10, 25);

        assertThat(tally.counts().succeededItems()).isEqualTo(10);
        assertThat(tally.counts().failedItems()).isZero();
        assertThat(tally.counts().returnedRows()).isEqualTo(25);
    }

    @Test
    void testsThePercentageOnlyOnceThePlanIsComplete() {
        Thresholds limits = new Thresholds(-1, -1, 10);
        Tally tally = new Tally(limits);
        tally.planned(2, 2);
        tally.failed(1, true);

        assertThat(limits.exceededBy(tally.counts())).isEmpty();

        tally.planCompleted();

        assertThat(limits.exceededBy(tally.counts()))
                .contains(new Thresholds.Breach(Thresholds.Limit.PERCENT, 1, 10));
    }

    @Test
    void takesExactlyTheShareForAllowed() {
        Thresholds limits = new Thresholds(-1, -1, 10);
        Tally tally = new Tally(limits);
        tally.planned(10, 10);
        tally.planCompleted();
        tally.failed(1, true);

        assertThat(limits.exceededBy(tally.counts())).isEmpty();

        tally.failed(1, true);

        assertThat(limits.exceededBy(tally.counts())).isPresent();
    }

    @Test
    void refusesLimitsOutsideTheirRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(-2, -1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(-1, -2, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(-1, -1, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(-1, -1, -1));
    }

    @Test
    void refusesCountsThatEndMoreThanIsPlanned() {
        Tally tally = new Tally(NONE);
        tally.failed(1, true);

        assertThatIllegalArgumentException().isThrownBy(tally::counts);
    }
}
