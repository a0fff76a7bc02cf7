package dev.windrow.engine.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseAdopted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseGranted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseLost;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseReturned;
import dev.windrow.engine.minibatch.MiniBatchEvent.SuspensionEnded;
import dev.windrow.engine.minibatch.MiniBatchState.Failed;
import dev.windrow.engine.minibatch.MiniBatchState.Leased;
import dev.windrow.engine.minibatch.MiniBatchState.Pending;
import dev.windrow.engine.minibatch.MiniBatchState.Succeeded;
import dev.windrow.engine.minibatch.MiniBatchState.Suspended;
import dev.windrow.engine.minibatch.MiniBatchStep.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MiniBatchMachineTest {

    private static final long EPOCH = 3;
    private static final MiniBatchMachine MACHINE = new MiniBatchMachine(2, 10);
    private static final LeaseToken NOW = new LeaseToken(EPOCH, 7);
    private static final LeaseToken STALE = new LeaseToken(EPOCH, 6);
    private static final LeaseToken EARLIER = new LeaseToken(2, 9);
    private static final LeaseToken COUNTED = new LeaseToken(1, 5);
    private static final Tries TRIES = new Tries(1, 1, COUNTED);
    private static final MiniBatchState PENDING = new Pending(TRIES);
    private static final MiniBatchState SUSPENDED = new Suspended(TRIES);
    private static final MiniBatchState LEASED = new Leased(TRIES, NOW, 4);
    private static final MiniBatchState ADOPTED = new Leased(TRIES, EARLIER, 4);
    private static final MiniBatchState SUCCEEDED = new Succeeded(TRIES);
    private static final MiniBatchState FAILED = new Failed(TRIES);

    record Row(
            MiniBatchState before, MiniBatchEvent event, Outcome outcome, MiniBatchState after) {}

    private static Row stays(MiniBatchState state, MiniBatchEvent event) {
        return new Row(state, event, Outcome.IGNORED, state);
    }

    static List<Row> free() {
        Tries failedEarlier = new Tries(2, 1, EARLIER);
        return List.of(
                new Row(PENDING, new LeaseGranted(NOW, 4), Outcome.HELD, LEASED),
                new Row(PENDING, new LeaseAdopted(EARLIER, 4), Outcome.HELD, ADOPTED),
                stays(PENDING, new LeaseAdopted(NOW, 4)),
                stays(PENDING, new LeaseAdopted(COUNTED, 4)),
                stays(PENDING, new LeaseReturned(NOW)),
                stays(PENDING, new LeaseLost(NOW)),
                stays(PENDING, new AttemptSucceeded(STALE)),
                stays(PENDING, new AttemptSucceeded(COUNTED)),
                new Row(PENDING, new AttemptSucceeded(EARLIER), Outcome.SUCCEEDED, SUCCEEDED),
                stays(PENDING, new AttemptFailed(STALE)),
                stays(PENDING, new AttemptFailed(COUNTED)),
                new Row(
                        PENDING,
                        new AttemptFailed(EARLIER),
                        Outcome.RETRIED,
                        new Pending(failedEarlier)),
                stays(PENDING, new SuspensionEnded()),
                new Row(SUSPENDED, new LeaseAdopted(EARLIER, 4), Outcome.HELD, ADOPTED),
                stays(SUSPENDED, new LeaseAdopted(NOW, 4)),
                stays(SUSPENDED, new LeaseAdopted(COUNTED, 4)),
                stays(SUSPENDED, new LeaseReturned(EARLIER)),
                stays(SUSPENDED, new LeaseLost(EARLIER)),
                stays(SUSPENDED, new AttemptSucceeded(NOW)),
                new Row(SUSPENDED, new AttemptSucceeded(EARLIER), Outcome.SUCCEEDED, SUCCEEDED),
                stays(SUSPENDED, new AttemptFailed(NOW)),
                new Row(
                        SUSPENDED,
                        new AttemptFailed(EARLIER),
                        Outcome.RETRIED,
                        new Pending(failedEarlier)),
                new Row(SUSPENDED, new SuspensionEnded(), Outcome.FREED, PENDING));
    }

    static List<Row> leased() {
        return List.of(
                stays(LEASED, new LeaseGranted(STALE, 5)),
                stays(LEASED, new LeaseAdopted(NOW, 4)),
                stays(LEASED, new LeaseAdopted(EARLIER, 5)),
                new Row(LEASED, new LeaseReturned(NOW), Outcome.FREED, PENDING),
                stays(LEASED, new LeaseReturned(STALE)),
                new Row(
                        LEASED,
                        new LeaseLost(NOW),
                        Outcome.LOST,
                        new Pending(new Tries(1, 2, NOW))),
                stays(LEASED, new LeaseLost(STALE)),
                new Row(LEASED, new AttemptSucceeded(NOW), Outcome.SUCCEEDED, SUCCEEDED),
                stays(LEASED, new AttemptSucceeded(STALE)),
                stays(LEASED, new AttemptSucceeded(EARLIER)),
                new Row(
                        LEASED,
                        new AttemptFailed(NOW),
                        Outcome.RETRIED,
                        new Pending(new Tries(2, 1, NOW))),
                stays(LEASED, new AttemptFailed(STALE)),
                stays(LEASED, new AttemptFailed(EARLIER)),
                stays(LEASED, new SuspensionEnded()),
                new Row(ADOPTED, new AttemptSucceeded(EARLIER), Outcome.SUCCEEDED, SUCCEEDED));
    }

    static List<Row> ended() {
        List<MiniBatchEvent> all =
                List.of(
                        new LeaseGranted(NOW, 4),
                        new LeaseAdopted(EARLIER, 4),
                        new LeaseReturned(NOW),
                        new LeaseLost(NOW),
                        new AttemptSucceeded(NOW),
                        new AttemptSucceeded(EARLIER),
                        new AttemptFailed(NOW),
                        new AttemptFailed(EARLIER),
                        new SuspensionEnded());
        return List.of(SUCCEEDED, FAILED).stream()
                .flatMap(state -> all.stream().map(event -> stays(state, event)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource({"free", "leased", "ended"})
    void makesTheStepOfItsTable(Row row) {
        assertThat(MACHINE.on(row.before(), row.event(), EPOCH))
                .isEqualTo(new MiniBatchStep(row.after(), row.outcome()));
    }

    @Test
    void refusesALoopThatLeasesWhatIsNotFree() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MACHINE.on(SUSPENDED, new LeaseGranted(NOW, 4), EPOCH));
        assertThatIllegalStateException()
                .isThrownBy(() -> MACHINE.on(LEASED, new LeaseGranted(NOW, 5), EPOCH));
    }

    @Test
    void failsAfterOneAttemptMoreThanItMayRetry() {
        for (int retries = 0; retries <= 3; retries++) {
            MiniBatchMachine machine = new MiniBatchMachine(retries, 10);
            MiniBatchState state = MiniBatchStates.FRESH;
            int attempts = 0;
            while (!state.ended()) {
                LeaseToken token = new LeaseToken(EPOCH, ++attempts);
                state = machine.on(state, new LeaseGranted(token, 1), EPOCH).state();
                state = machine.on(state, new AttemptFailed(token), EPOCH).state();
            }
            assertThat(attempts).isEqualTo(retries + 1);
        }
    }

    @Test
    void givesUpAtTheTenthLossAndChargesNoRetryForIt() {
        MiniBatchState state = MiniBatchStates.FRESH;
        for (int loss = 1; loss <= 10; loss++) {
            LeaseToken token = new LeaseToken(EPOCH, loss);
            state = MACHINE.on(state, new LeaseGranted(token, 1), EPOCH).state();
            MiniBatchStep step = MACHINE.on(state, new LeaseLost(token), EPOCH);
            state = step.state();
            assertThat(step.outcome()).isEqualTo(loss < 10 ? Outcome.LOST : Outcome.LOST_TOO_OFTEN);
        }
        assertThat(state.tries()).isEqualTo(new Tries(0, 10, new LeaseToken(EPOCH, 10)));
    }

    @Test
    void sharesOneObjectForWhatEndedWellAtOnce() {
        MiniBatchState leased = new Leased(Tries.NONE, NOW, 1);

        assertThat(MACHINE.on(leased, new AttemptSucceeded(NOW), EPOCH).state())
                .isSameAs(MiniBatchStates.SUCCEEDED_AT_ONCE);
    }

    @Test
    void refusesCapsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MiniBatchMachine(-1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new MiniBatchMachine(0, 0));
    }
}
