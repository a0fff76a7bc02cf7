package dev.windrow.local;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageOutput;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The engine's way to an agent over a pipe. The engine never waits: messages wait here for a thread
 * that does. An agent that reads is never far behind, because it is told little more than it asks
 * for; one that has left very much unread is given up.
 */
final class PipeSink implements EngineSink, Runnable {

    private static final int WAITING_MAX = 10_000;

    private final OutputStream out;
    private final Runnable stuck;
    private final BlockingQueue<Optional<EngineMessage>> waiting =
            new LinkedBlockingQueue<>(WAITING_MAX);

    /**
     * @param out is closed at the end
     * @param stuck ends the agent; called when too much waits for it
     */
    PipeSink(OutputStream out, Runnable stuck) {
        this.out = out;
        this.stuck = stuck;
    }

    @Override
    public void send(EngineMessage message) {
        if (!waiting.offer(Optional.of(message))) {
            stuck.run();
        }
    }

    /** Closes the pipe after what waits. */
    void close() {
        if (!waiting.offer(Optional.empty())) {
            waiting.clear();
            waiting.add(Optional.empty());
        }
    }

    /** Writes what waits, until the pipe is closed from either end. */
    @Override
    public void run() {
        try (MessageOutput<EngineMessage> messages =
                new MessageOutput<>(new EngineMessages(), out)) {
            for (Optional<EngineMessage> next = waiting.take();
                    next.isPresent();
                    next = waiting.take()) {
                messages.send(next.get());
            }
        } catch (IOException e) {
            // The agent is gone; its exit is noticed by itself.
        } catch (WireException e) {
            stuck.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
