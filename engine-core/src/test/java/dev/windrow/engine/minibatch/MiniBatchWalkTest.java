package dev.windrow.engine.minibatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseAdopted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseGranted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseLost;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseReturned;
import dev.windrow.engine.minibatch.MiniBatchEvent.SuspensionEnded;
import dev.windrow.engine.minibatch.MiniBatchState.Leased;
import dev.windrow.engine.minibatch.MiniBatchState.Pending;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Long random walks: whatever comes in whatever order, some things never happen. */
final class MiniBatchWalkTest {

    private static final int WALKS = 2_000;
    private static final int STEPS = 200;
    private static final int RETRIES = 2;

    @Test
    void neverUsesMoreThanItMayAndNeverLeavesAnEnd() {
        for (int seed = 0; seed < WALKS; seed++) {
            walk(new SplittableRandom(seed), "seed " + seed);
        }
    }

    private static void walk(SplittableRandom random, String seed) {
        MiniBatchMachine machine = new MiniBatchMachine(RETRIES, 10);
        MiniBatchState state = MiniBatchStates.FRESH;
        long epoch = 1;
        long counter = 0;
        for (int i = 0; i < STEPS; i++) {
            MiniBatchEvent event;
            if (state instanceof Pending && random.nextInt(3) == 0) {
                event = new LeaseGranted(new LeaseToken(epoch, ++counter), random.nextInt(3));
            } else {
                event =
                        any(
                                random,
                                new LeaseToken(random.nextLong(epoch) + 1, near(random, counter)));
            }
            MiniBatchState next = machine.on(state, event, epoch).state();
            check(state, event, next, seed);
            state = next;
            if (random.nextInt(40) == 0) {
                epoch++;
            }
        }
    }

    private static long near(SplittableRandom random, long counter) {
        return Math.max(0, counter - random.nextInt(2));
    }

    private static MiniBatchEvent any(SplittableRandom random, LeaseToken token) {
        return switch (random.nextInt(6)) {
            case 0 -> new LeaseAdopted(token, random.nextInt(3));
            case 1 -> new LeaseReturned(token);
            case 2 -> new LeaseLost(token);
            case 3 -> new AttemptFailed(token);
            case 4 -> new SuspensionEnded();
            default -> new AttemptSucceeded(token);
        };
    }

    private static void check(
            MiniBatchState before, MiniBatchEvent event, MiniBatchState after, String seed) {
        Tries tries = after.tries();
        assertThat(tries.failures()).as(seed).isLessThanOrEqualTo(RETRIES + 1);
        assertThat(tries.losses()).as(seed).isLessThanOrEqualTo(10);
        assertThat(tries.failures()).as(seed).isGreaterThanOrEqualTo(before.tries().failures());
        assertThat(tries.last()).as(seed).isGreaterThanOrEqualTo(before.tries().last());
        if (before.ended()) {
            assertThat(after).as(seed).isEqualTo(before);
        }
        if (before instanceof Leased leased && !event.token().equals(leased.token())) {
            assertThat(after).as(seed).isEqualTo(before);
        }
        if (tries.failures() > before.tries().failures()) {
            assertThat(event).as(seed).isInstanceOf(AttemptFailed.class);
        }
    }
}
