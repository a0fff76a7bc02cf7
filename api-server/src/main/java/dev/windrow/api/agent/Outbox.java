package dev.windrow.api.agent;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.runtime.gateway.EngineSink;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has to say to one agent and has not been sent. The engine never waits; an agent
 * that leaves very much unread is given up.
 */
final class Outbox implements EngineSink {

    private static final int WAITING_MAX = 10_000;

    private final BlockingQueue<EngineMessage> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private volatile boolean overflown;

    @Override
    public void send(EngineMessage message) {
        if (!waiting.offer(message)) {
            overflown = true;
        }
    }

    /** True when something was lost because too much waited. */
    boolean overflown() {
        return overflown;
    }

    /** The next message; null when there is none for so long. Blocks. */
    @Nullable EngineMessage next(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}
