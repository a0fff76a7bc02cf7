package dev.windrow.worker.remote;

import dev.windrow.worker.remote.Carrier.Refused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Looks whether a server can be reached from here in the way agents do it: its name, a connection,
 * an answer, and the agents' link with a token of no job. Changes nothing there.
 */
public final class ServerProbe {

    private static final int NAME_SECONDS = 15;
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_KNOWN = 401;

    /** What a proxy says for a server that is not there yet. */
    private static final Set<Integer> NOBODY_BEHIND = Set.of(502, 503, 504);

    private static final String NOBODY = "probe";

    private final URI server;
    private final ServerAddress address;
    private final InstantSource clock;

    /**
     * @param server without a path of its own
     */
    public ServerProbe(URI server, InstantSource clock) {
        this(server, new ServerAddress(server, NOBODY), clock);
    }

    /**
     * @param trust of the agents that would come from here
     */
    public ServerProbe(URI server, SSLContext trust, InstantSource clock) {
        this(server, new ServerAddress(server, NOBODY, trust), clock);
    }

    private ServerProbe(URI server, ServerAddress address, InstantSource clock) {
        this.server = server;
        this.address = address;
        this.clock = clock;
    }

    /** What was found. */
    public sealed interface Found {

        /**
         * A server of ours has answered.
         *
         * @param how one sentence of what is not as usual; may be empty
         */
        record Reached(String how) implements Found {}

        /**
         * It cannot be reached.
         *
         * @param cause one sentence
         * @param passing whether it may be otherwise in a few seconds, as it is while a server or
         *     the rules of a network have just begun
         */
        record Unreached(String cause, boolean passing) implements Found {}

        /**
         * Somebody answers, but nobody that is trusted here vouches for it.
         *
         * @param cause one sentence
         */
        record Untrusted(String cause) implements Found {}
    }

    /** Looks once; blocks for less than a minute. */
    public Found look() throws InterruptedException {
        try {
            connect(addressOf(server.getHost()));
            int live = status("/livez");
            return live == OK
                    ? link()
                    : new Found.Unreached(
                            "no Windrow server answers there: HTTP status %d for /livez (expected: 200)"
                                    .formatted(live),
                            NOBODY_BEHIND.contains(live));
        } catch (UnreachedException e) {
            return new Found.Unreached(String.valueOf(e.getMessage()), e.passing);
        } catch (IOException e) {
            return TlsFault.of(server, e)
                    .map(ServerProbe::found)
                    .orElseGet(() -> new Found.Unreached(cause(e), false));
        }
    }

    /** What has been put into words already. */
    private static final class UnreachedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean passing;

        UnreachedException(String cause, boolean passing) {
            super(cause);
            this.passing = passing;
        }
    }

    /** A resolver may keep quiet for longer than anybody wants to wait. */
    private static InetAddress addressOf(String host) throws IOException, InterruptedException {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        found.complete(InetAddress.getByName(host));
                    } catch (IOException e) {
                        found.completeExceptionally(e);
                    }
                });
        try {
            return found.get(NAME_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException _) {
            // Resolvers remember for longer than anybody wants to wait.
            throw new UnreachedException("the name %s is unknown there".formatted(host), false);
        } catch (TimeoutException _) {
            throw new UnreachedException(
                    "nobody tells the address of %s within %d s".formatted(host, NAME_SECONDS),
                    false);
        }
    }

    private void connect(InetAddress host) throws IOException {
        int port = server.getPort();
        int usual = "https".equals(server.getScheme()) ? 443 : 80;
        InetSocketAddress there = new InetSocketAddress(host, port < 0 ? usual : port);
        String shown = "%s:%d".formatted(host.getHostAddress(), there.getPort());
        try (Socket socket = new Socket()) {
            socket.connect(there, CONNECT_MILLIS);
        } catch (SocketTimeoutException _) {
            throw new UnreachedException(
                    "nobody answers at %s within %d s; a firewall or a NetworkPolicy may be in the way"
                            .formatted(shown, CONNECT_MILLIS / 1_000),
                    true);
        } catch (NoRouteToHostException _) {
            throw new UnreachedException("there is no way to " + shown, true);
        } catch (ConnectException _) {
            throw new UnreachedException(
                    "nobody listens at %s (connection refused)".formatted(shown), true);
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER_MAX).build();
        return address.http().send(request, BodyHandlers.discarding()).statusCode();
    }

    private Found link() throws IOException, InterruptedException {
        int socket = socketStatus();
        if (socket == NOT_KNOWN) {
            return new Found.Reached("");
        }
        // Agents do the same behind a proxy that breaks WebSockets.
        HttpRequest join =
                address.request("join?agent=0", ANSWER_MAX).POST(BodyPublishers.noBody()).build();
        int plain = address.http().send(join, BodyHandlers.discarding()).statusCode();
        return plain == NOT_KNOWN
                ? new Found.Reached(
                        "by plain requests only, as a WebSocket is answered with HTTP status "
                                + socket)
                : new Found.Unreached(
                        "no Windrow server answers there: HTTP status %d to an agent (expected: 401 for a token of no job)"
                                .formatted(plain),
                        NOBODY_BEHIND.contains(plain));
    }

    private int socketStatus() throws IOException, InterruptedException {
        try {
            new WebSocketCarrier(address, clock).open(0, new Deaf()).close();
            return OK;
        } catch (Refused e) {
            return e.status();
        }
    }

    /** Nobody says anything to an agent that is refused. */
    private static final class Deaf implements Carrier.Receiver {
        @Override
        public void take(byte[] message) {}

        @Override
        public void ended() {}
    }

    private static Found found(TlsFault fault) {
        return switch (fault) {
            case TlsFault.Untrusted(String sentence) -> new Found.Untrusted(sentence);
            case TlsFault.Other(String sentence) -> new Found.Unreached(sentence, false);
        };
    }

    private String cause(IOException fault) {
        for (Throwable one = fault; one != null; one = one.getCause()) {
            if (one instanceof HttpTimeoutException) {
                return "the connection is made, but nothing is answered in time"
                        + ("https".equals(server.getScheme())
                                ? "; perhaps it does not speak TLS"
                                : "");
            }
        }
        return "no Windrow server answers there"
                + ("http".equals(server.getScheme())
                        ? " in plain HTTP; perhaps its address begins with https://"
                        : ": " + fault);
    }
}
