package dev.windrow.worker.remote;

import dev.windrow.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Carries messages over a WebSocket, each as one text. */
final class WebSocketCarrier implements Carrier {

    private static final long OPEN_SECONDS = 10;
    private static final long SEND_SECONDS = 30;
    private static final Duration PING = Duration.ofSeconds(8);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final ServerAddress server;
    private final InstantSource clock;

    WebSocketCarrier(ServerAddress server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public Channel open(int agent, Receiver receiver) throws IOException, InterruptedException {
        Incoming incoming = new Incoming(receiver, clock);
        CompletableFuture<WebSocket> opening =
                server.http()
                        .newWebSocketBuilder()
                        .header("Authorization", server.authorization())
                        .subprotocols(Protocol.SUBPROTOCOL)
                        .buildAsync(server.socket(agent), incoming);
        try {
            return new Socket(opening.get(OPEN_SECONDS, TimeUnit.SECONDS), incoming, clock);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new Refused(refused.getResponse().statusCode(), "to a WebSocket");
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            // One that is made after all must not be taken for the agent's.
            CompletableFuture<?> _ = opening.thenAccept(WebSocket::abort);
            throw new IOException("no answer to a WebSocket in " + OPEN_SECONDS + " s", e);
        }
    }

    /** What comes. */
    private static final class Incoming implements WebSocket.Listener {
        private final Receiver receiver;
        private final InstantSource clock;
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private volatile Instant heardAt;

        Incoming(Receiver receiver, InstantSource clock) {
            this.receiver = receiver;
            this.clock = clock;
            this.heardAt = clock.instant();
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            heardAt = clock.instant();
            parts.writeBytes(data.toString().getBytes(StandardCharsets.US_ASCII));
            if (parts.size() > Protocol.MESSAGE_MAX) {
                socket.abort();
                receiver.ended();
                return null;
            }
            if (last) {
                byte[] message = parts.toByteArray();
                parts.reset();
                receiver.take(message);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            heardAt = clock.instant();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            receiver.ended();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            receiver.ended();
        }
    }

    /** What goes. */
    private static final class Socket implements Channel {
        private final WebSocket socket;
        private final Incoming incoming;
        private final InstantSource clock;
        private Instant pingedAt;

        Socket(WebSocket socket, Incoming incoming, InstantSource clock) {
            this.socket = socket;
            this.incoming = incoming;
            this.clock = clock;
            this.pingedAt = clock.instant();
        }

        @Override
        public synchronized void send(byte[] message) throws IOException {
            for (int at = 0; at < message.length; at += Protocol.FRAME_MAX) {
                int length = Math.min(Protocol.FRAME_MAX, message.length - at);
                String part = new String(message, at, length, StandardCharsets.US_ASCII);
                await(socket.sendText(part, at + length == message.length));
            }
        }

        private void await(CompletableFuture<WebSocket> sent) throws IOException {
            try {
                sent.get(SEND_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                socket.abort();
                throw new IOException("the server takes nothing", e);
            } catch (InterruptedException e) {
                socket.abort();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public boolean alive() {
            Instant now = clock.instant();
            if (now.isAfter(pingedAt.plus(PING))) {
                pingedAt = now;
                // A ping that cannot be sent is not answered, and so is noticed.
                socket.sendPing(ByteBuffer.allocate(0)).exceptionally(_ -> socket).isDone();
            }
            return !socket.isInputClosed()
                    && !socket.isOutputClosed()
                    && now.isBefore(incoming.heardAt.plus(SILENCE_MAX));
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
