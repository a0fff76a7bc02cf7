package dev.windrow.api.agent;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.runtime.host.AgentEntrance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives one connected agent another token long before the one it has is worth nothing. */
final class TokenRenewal {

    private static final Duration EVERY = Duration.ofHours(1);

    private final AgentEntrance entrance;
    private String latest;
    private Instant next = Instant.MIN;

    /**
     * @param token that it came with
     */
    TokenRenewal(AgentEntrance entrance, String token) {
        this.entrance = entrance;
        this.latest = token;
    }

    /** What to tell the agent now; mostly nothing. */
    synchronized Optional<EngineMessage> due(Instant now) {
        if (now.isBefore(next)) {
            return Optional.empty();
        }
        next = now.plus(EVERY);
        Optional<String> renewed = entrance.renewed(latest);
        renewed.ifPresent(token -> latest = token);
        return renewed.map(EngineMessage.NewToken::new);
    }
}
