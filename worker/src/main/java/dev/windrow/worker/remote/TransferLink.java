package dev.windrow.worker.remote;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.TransferOrders;
import dev.windrow.protocol.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * How an agent that serves a volume asks its server for orders, and answers them. Safe for use by
 * several threads.
 */
public final class TransferLink {

    private static final Duration ASK_MAX = Duration.ofSeconds(40);

    /** The server takes no request for longer. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

    private final ServerAddress server;

    /** Connects when it is used. */
    public TransferLink(URI url, String token) {
        this.server = new ServerAddress(url, token);
    }

    /** What a server says to who asks for an order. */
    public sealed interface Asked {

        /** There is something to do. */
        record Work(Ordered ordered) implements Asked {}

        /** Nothing now: ask again. */
        record Nothing() implements Asked {}

        /** The server is busy, or something before it: ask again later. */
        record Later() implements Asked {}

        /** There is nothing more to do. */
        record Over() implements Asked {}

        /** This is no server that has started this agent. */
        record Refused(String why) implements Asked {}
    }

    /**
     * Asks; blocks until there is an order, half a minute at most.
     *
     * @throws IOException when nobody answers
     */
    public Asked ask() throws IOException, InterruptedException {
        HttpRequest request = server.request("transfers", ASK_MAX).GET().build();
        HttpResponse<byte[]> answer = server.http().send(request, BodyHandlers.ofByteArray());
        return switch (answer.statusCode()) {
            case 200 -> read(answer.body());
            case 204 -> new Asked.Nothing();
            case 410 -> new Asked.Over();
            case 401, 403 -> new Asked.Refused("the token is unknown there, or over");
            case 429, 502, 503, 504 -> new Asked.Later();
            default -> new Asked.Refused("HTTP status " + answer.statusCode());
        };
    }

    private static Asked read(byte[] body) {
        try {
            Optional<Ordered> order = MessageText.read(new TransferOrders(), body);
            return order.<Asked>map(Asked.Work::new)
                    .orElseGet(() -> new Asked.Refused("a server of another version"));
        } catch (WireException _) {
            return new Asked.Refused("a server of another version");
        }
    }

    /**
     * Answers an order; blocks while the server takes no more.
     *
     * @param length bytes of the body that are sent
     * @throws IOException when the server does not take it, which is the server's to care for
     */
    public void answer(long number, TransferResult result, InputStream body, long length)
            throws IOException, InterruptedException {
        BodyPublisher publisher =
                length == 0
                        ? BodyPublishers.noBody()
                        : BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> body), length);
        HttpRequest request =
                server.request(
                                "transfers/%d?result=%s".formatted(number, result.text()),
                                ANSWER_MAX)
                        .header("Content-Type", "application/octet-stream")
                        .POST(publisher)
                        .build();
        HttpResponse<Void> answer = server.http().send(request, BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("HTTP status " + answer.statusCode());
        }
    }
}
