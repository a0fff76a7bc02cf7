package dev.windrow.testing.sim;

import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.protocol.Token;
import dev.windrow.worker.core.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What really happened in workers, whatever anybody says later. */
final class Attempts {

    /**
     * One call that ended.
     *
     * @param rows as written; empty when none were
     */
    record Ended(boolean succeeded, int returned, String rows) {}

    private record Key(int index, LeaseToken token) {}

    private final Map<Key, Ended> ended = new HashMap<>();

    static LeaseToken token(Token token) {
        return new LeaseToken(token.epoch(), token.counter());
    }

    void succeeded(Work work, int returned, String rows) {
        put(work, new Ended(true, returned, rows));
    }

    void failed(Work work) {
        put(work, new Ended(false, 0, ""));
    }

    private void put(Work work, Ended how) {
        ended.put(new Key(work.index(), token(work.token())), how);
    }

    Optional<Ended> find(int index, LeaseToken token) {
        return Optional.ofNullable(ended.get(new Key(index, token)));
    }
}
