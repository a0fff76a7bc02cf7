package dev.windrow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseAdopted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseReturned;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.minibatch.MiniBatchState.Suspended;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LeaseDeskTest {

    private final PlannedChunks plan = new PlannedChunks(1_000_000);
    private final MemoryStore store = new MemoryStore();
    private final Journal journal = new Journal("job", 5, store.store());
    private final LeaseDesk desk = new LeaseDesk(5, new MiniBatchMachine(2, 10), plan, journal);

    private void planned(int... sizes) {
        for (int size : sizes) {
            int[] counts = new int[size];
            Arrays.fill(counts, 10);
            plan.add(counts);
            desk.grown();
        }
    }

    @Test
    void leasesInOrderUnderOneTokenAndNeverAcrossAChunk() {
        planned(3, 4);

        List<Lease> leases = desk.grant(1, 5);

        LeaseToken token = leases.getFirst().token();
        assertThat(leases)
                .containsExactly(new Lease(token, 0, 0, 3, 0), new Lease(token, 1, 3, 5, 0));
        assertThat(desk.grant(2, 5)).hasSize(1).allMatch(l -> l.token().compareTo(token) > 0);
        assertThat(desk.grant(2, 5)).isEmpty();
    }

    @Test
    void makesTheMarkDurableBeforeAnythingBelowItIsLeased() {
        planned(5_000);
        desk.grant(1, 10);
        journal.commit();
        assertThat(store.mark()).isEqualTo(10 + 4096);

        desk.grant(1, 4_000);
        assertThat(journal.waiting()).as("no flush for a lease below the mark").isZero();

        desk.grant(1, 500);
        journal.commit();
        assertThat(store.mark()).isEqualTo(5_000);
    }

    @Test
    void leasesFreedOnesFirstWithTheAttemptsTheyHaveUsedUp() {
        planned(10);
        LeaseToken token = desk.grant(1, 4).getFirst().token();
        desk.apply(2, new AttemptFailed(token));
        desk.apply(1, new LeaseReturned(token));

        List<Lease> again = desk.grant(2, 3);

        LeaseToken next = again.getFirst().token();
        assertThat(again)
                .containsExactly(
                        new Lease(next, 0, 2, 3, 1),
                        new Lease(next, 0, 1, 2, 0),
                        new Lease(next, 0, 4, 5, 0));
    }

    @Test
    void holdsBackAfterARestartWhatMayStillBeHeld() {
        planned(10);
        desk.restoreMark(6);

        assertThat(desk.grant(1, 10)).singleElement().matches(l -> l.from() == 6 && l.to() == 10);
        assertThat(desk.stateOf(5)).isInstanceOf(Suspended.class);

        LeaseToken earlier = new LeaseToken(4, 99);
        desk.apply(0, new LeaseAdopted(earlier, 7));
        desk.apply(1, new AttemptSucceeded(earlier));
        desk.endSuspension();

        assertThat(desk.isLeasedTo(0, 7)).isTrue();
        assertThat(desk.grant(1, 10)).extracting(Lease::from).containsExactly(2, 3, 4, 5);
    }

    @Test
    void neverLeasesWhatIsLeasedOrEndedOnAnyWalk() {
        planned(40);
        SplittableRandom random = new SplittableRandom(11);
        Map<Integer, LeaseToken> leased = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            for (Lease lease : desk.grant(random.nextInt(3), random.nextInt(4))) {
                for (int index = lease.from(); index < lease.to(); index++) {
                    assertThat(leased.put(index, lease.token())).isNull();
                }
            }
            int index = random.nextInt(40);
            LeaseToken token = leased.get(index);
            if (token != null && random.nextInt(20) > 0) {
                desk.apply(index, new LeaseReturned(token));
                leased.remove(index);
            }
        }
    }
}
