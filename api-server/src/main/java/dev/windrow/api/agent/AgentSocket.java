package dev.windrow.api.agent;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One agent's WebSocket. A thread hands on what it says and waits when the engine is behind, so
 * that the agent has to wait too; another one sends what the engine says.
 */
final class AgentSocket {

    private static final AgentMessages IN = new AgentMessages();
    private static final EngineMessages OUT = new EngineMessages();

    /** Messages read ahead; then nothing more is read off the connection for a while. */
    private static final int READ_AHEAD = 64;

    private static final long LOOK_MILLIS = 500;
    private static final long SEND_SECONDS = 30;
    private static final short UNREADABLE = 1007;
    private static final short OVER = 1000;

    private final ServerWebSocket socket;
    private final Connection connection;
    private final Outbox outbox;
    private final TokenRenewal renewal;
    private final InstantSource clock;
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /**
     * @param outbox what the engine says on this connection
     */
    AgentSocket(
            ServerWebSocket socket,
            Connection connection,
            Outbox outbox,
            TokenRenewal renewal,
            InstantSource clock) {
        this.socket = socket;
        this.connection = connection;
        this.outbox = outbox;
        this.renewal = renewal;
        this.clock = clock;
    }

    /** Begins; on the socket's event loop. */
    void start(Executor threads) {
        socket.textMessageHandler(this::arrived);
        socket.closeHandler(_ -> closed = true);
        socket.exceptionHandler(_ -> closed = true);
        threads.execute(this::handOn);
        threads.execute(this::sendOut);
    }

    private void arrived(String text) {
        // Bounded, because the socket is paused; a few more may be on their way.
        boolean _ = read.offer(text);
        if (read.size() >= READ_AHEAD) {
            socket.pause();
        }
    }

    private void handOn() {
        try {
            while (!closed || !read.isEmpty()) {
                String text = read.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (text != null) {
                    say(text);
                    if (read.size() == READ_AHEAD / 2) {
                        socket.resume();
                    }
                }
            }
        } catch (WireException | IllegalArgumentException _) {
            close(UNREADABLE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
            close(OVER);
        }
    }

    private void say(String text) {
        Optional<AgentMessage> message =
                MessageText.read(IN, text.getBytes(StandardCharsets.UTF_8));
        message.ifPresent(connection::send);
    }

    private void sendOut() {
        try {
            while (!closed && !outbox.overflown()) {
                renewal.due(clock.instant()).ifPresent(outbox::send);
                EngineMessage message = outbox.next(LOOK_MILLIS);
                if (message != null) {
                    write(message);
                }
                if (message instanceof EngineMessage.Bye) {
                    break;
                }
            }
        } catch (ExecutionException | TimeoutException _) {
            // It is gone, or reads nothing.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(OVER);
        }
    }

    private void write(EngineMessage message)
            throws InterruptedException, ExecutionException, TimeoutException {
        String text = new String(MessageText.write(OUT, message), StandardCharsets.US_ASCII);
        socket.writeTextMessage(text)
                .toCompletionStage()
                .toCompletableFuture()
                .get(SEND_SECONDS, TimeUnit.SECONDS);
    }

    /** The first reason counts. */
    private synchronized void close(short status) {
        if (!closed) {
            closed = true;
            socket.close(status);
        }
    }
}
