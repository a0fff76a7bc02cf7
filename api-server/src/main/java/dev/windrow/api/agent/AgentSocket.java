package dev.windrow.api.agent;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One agent's WebSocket. A thread hands on what it says and waits when the engine is behind, so
 * that the agent has to wait too; another one sends what the engine says.
 */
final class AgentSocket {

    private static final AgentMessages IN = new AgentMessages();
    private static final EngineMessages OUT = new EngineMessages();

    private static final long LOOK_MILLIS = 500;
    private static final long SEND_SECONDS = 30;
    private static final short UNREADABLE = 1007;
    private static final short NO_TEXT = 1003;
    private static final short TOO_LONG = 1009;
    private static final short COME_AGAIN = 1013;
    private static final short OVER = 1000;

    private final ServerWebSocket socket;
    private final Connection connection;
    private final Outbox outbox;
    private final TokenRenewal renewal;
    private final InstantSource clock;
    private final ReadAhead read;
    private volatile boolean paused;
    private volatile boolean closed;

    /**
     * @param read what the agent says on it
     * @param outbox what the engine says on it
     */
    AgentSocket(
            ServerWebSocket socket,
            Connection connection,
            ReadAhead read,
            Outbox outbox,
            TokenRenewal renewal,
            InstantSource clock) {
        this.socket = socket;
        this.connection = connection;
        this.read = read;
        this.outbox = outbox;
        this.renewal = renewal;
        this.clock = clock;
    }

    /** Begins; on the socket's event loop. */
    void start(Executor threads) {
        socket.closeHandler(_ -> closed = true);
        socket.exceptionHandler(_ -> closed = true);
        threads.execute(this::handOn);
        threads.execute(this::sendOut);
        // Piece by piece, so that what is long counts before it is whole.
        socket.frameHandler(this::arrived);
    }

    private void arrived(WebSocketFrame frame) {
        if (frame.isBinary()) {
            close(NO_TEXT);
        } else if (frame.isText() || frame.isContinuation()) {
            switch (read.add(frame.binaryData().getBytes(), frame.isFinal())) {
                case READ_ON -> {}
                case PAUSE -> {
                    paused = true;
                    socket.pause();
                }
                case REFUSE -> close(TOO_LONG);
                case COME_AGAIN -> close(COME_AGAIN);
            }
        }
    }

    private void handOn() {
        try {
            while (!closed || !read.isEmpty()) {
                byte[] text = read.next(LOOK_MILLIS);
                if (text != null) {
                    MessageText.read(IN, text).ifPresent(connection::send);
                }
                // Also when there is nothing, for it may have been paused just after the last.
                if (text == null || (read.done(text) && paused)) {
                    paused = false;
                    socket.resume();
                }
            }
        } catch (WireException | IllegalArgumentException _) {
            close(UNREADABLE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            read.close();
            connection.close();
            close(OVER);
        }
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
