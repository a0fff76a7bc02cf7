package dev.windrow.local;

import dev.windrow.protocol.AgentMessage;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** An engine that takes messages one by one when a test says so, and holds a few. */
final class EngineEnd {

    private static final int HELD_MAX = 16;

    private final BlockingQueue<AgentMessage> held = new ArrayBlockingQueue<>(HELD_MAX);
    private volatile boolean open = true;

    void accept(AgentMessage message) {
        try {
            while (open && !held.offer(message, 10, TimeUnit.MILLISECONDS)) {
                // Full: whoever sends waits.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    AgentMessage take() throws InterruptedException {
        return held.take();
    }

    void close() {
        open = false;
    }
}
