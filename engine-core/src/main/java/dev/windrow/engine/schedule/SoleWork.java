package dev.windrow.engine.schedule;

import dev.windrow.engine.minibatch.LeaseToken;
import java.time.Duration;
import java.time.Instant;

/** Work that one agent has at a time, under another token each time it is given. */
final class SoleWork {

    /** An agent that does not name its work for this long after it got it has never got it. */
    static final Duration UNHEARD_MAX = Duration.ofSeconds(15);

    private static final int NOBODY = -1;

    private LeaseToken token = LeaseToken.NONE;
    private int agent = NOBODY;
    private Instant givenAt = Instant.EPOCH;

    boolean hasNobody() {
        return agent == NOBODY;
    }

    void give(int to, LeaseToken under, Instant now) {
        agent = to;
        token = under;
        givenAt = now;
    }

    /** Nobody has it any more. */
    void takeBack() {
        agent = NOBODY;
        token = LeaseToken.NONE;
    }

    /** The agent is gone, or says that it does not do this work. */
    void lost(int who) {
        if (agent == who) {
            takeBack();
        }
    }

    /**
     * An agent was heard.
     *
     * @param named the token of such work that it says it has
     */
    void heard(int who, LeaseToken named, Instant now) {
        if (!named.equals(token) && now.isAfter(givenAt.plus(UNHEARD_MAX))) {
            lost(who);
        }
    }

    /** Whether somebody has it under this token. */
    boolean isCurrent(LeaseToken asked) {
        return agent != NOBODY && asked.equals(token);
    }
}
