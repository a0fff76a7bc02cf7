package dev.windrow.client;

import dev.windrow.client.Attempts.Attempt;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;

/** Makes requests: headers, time limits, repeats, and problems turned into exceptions. */
final class Transport {
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final int SUCCESS = 2;
    private static final int CAUSES_MOST = 10;

    /** Addresses that only this machine has. */
    static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final URI server;
    private final Optional<String> token;
    private final Patience patience;
    private final HttpClient http;

    Transport(URI server, Optional<String> token, Optional<SSLContext> trust, Patience patience) {
        this.server = server;
        this.token = token;
        this.patience = patience;
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(patience.connect())
                        // A token is for this server and no other.
                        .followRedirects(HttpClient.Redirect.NEVER);
        trust.ifPresent(client::sslContext);
        this.http = client.build();
    }

    /** Tells whether the server is at an address that only this machine has. */
    boolean isHere() {
        return LOOPBACK.contains(String.valueOf(server.getHost()));
    }

    /** Gives the document that answers the call. */
    <T> T json(Call call, Class<T> type) {
        HttpResponse<byte[]> response =
                persist(attempts(call), _ -> exchange(call, "application/json"));
        expectType(response, "application/json");
        try {
            T document = Json.read(response.body(), type);
            if (document == null) {
                throw ServerException.badAnswer("body: null (expected: an object)");
            }
            return document;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** Gives the text that answers the call. */
    byte[] bytes(Call call, String type) {
        HttpResponse<byte[]> response = persist(attempts(call), _ -> exchange(call, type));
        expectType(response, type);
        return response.body();
    }

    /** Has something done that is answered with nothing. */
    void done(Call call) {
        persist(attempts(call), _ -> exchange(call, "application/json"));
    }

    /**
     * Removes; that it is gone already counts as done for a repeat, whose first may have arrived.
     */
    void delete(Call call) {
        persist(
                attempts(call),
                count -> {
                    try {
                        exchange(call, "application/json");
                    } catch (NotFoundException e) {
                        if (!count.again()) {
                            throw e;
                        }
                    }
                    return true;
                });
    }

    /**
     * Begins to read a stream, once.
     *
     * @throws IOException when the connection fails or the server is busy
     */
    HttpResponse<ByteFlow> open(Call call, String accept) throws IOException {
        HttpResponse<ByteFlow> response = send(call, accept, _ -> new ByteFlow(patience.idle()));
        if (response.statusCode() / 100 == SUCCESS) {
            return response;
        }
        try (ByteFlow body = response.body()) {
            throw refused(response, body.readNBytes(BoundedBody.MAX));
        }
    }

    /** Tries until it is done or no attempt is left. */
    <T> T persist(Attempts attempts, Attempt<T> attempt) {
        try {
            return attempts.run(attempt);
        } catch (BusyException busy) {
            throw busy.problem();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The attempts at a stream that can be gone on with. */
    Attempts reconnects() {
        return new Attempts(
                patience.attempts(),
                patience.reconnects(),
                patience.firstWait(),
                patience.longestWait());
    }

    private Attempts attempts(Call call) {
        int most = call.repeatable() ? patience.attempts() : 1;
        return new Attempts(most, most, patience.firstWait(), patience.longestWait());
    }

    private HttpResponse<byte[]> exchange(Call call, String accept) throws IOException {
        HttpResponse<byte[]> response = send(call, accept, _ -> new BoundedBody());
        if (response.statusCode() / 100 == SUCCESS) {
            return response;
        }
        throw refused(response, response.body());
    }

    /** Gives what to throw: to be tried again when the server is busy, for good otherwise. */
    private static RuntimeException refused(HttpResponse<?> response, byte[] body)
            throws BusyException {
        WindrowException problem = Problems.of(response.statusCode(), response.headers(), body);
        if (BUSY.contains(response.statusCode())) {
            throw new BusyException(Problems.retryAfter(response.headers()), problem);
        }
        return problem;
    }

    private <T> HttpResponse<T> send(Call call, String accept, BodyHandler<T> handler)
            throws IOException {
        CompletableFuture<HttpResponse<T>> exchange =
                http.sendAsync(request(call, accept), handler);
        try {
            // The client's own limit ends with the headers; this one holds for a whole document.
            return exchange.get(patience.request().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            exchange.cancel(true);
            throw new HttpTimeoutException(
                    "no answer for " + patience.request().toMillis() + " ms");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw InterruptedCallException.of(e);
        } catch (ExecutionException e) {
            throw failure(server, e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException failure(URI server, Throwable cause) {
        return switch (cause) {
            case WindrowException ours -> throw ours;
            // It would be no other the next time.
            case SSLHandshakeException refused -> throw untrusted(server, refused);
            case IOException broken -> broken;
            default -> new IOException(cause.toString(), cause);
        };
    }

    private static ServerException untrusted(URI server, SSLHandshakeException refused) {
        Throwable why = refused;
        for (int depth = 0; depth < CAUSES_MOST && why.getCause() != null; depth++) {
            why = why.getCause();
        }
        return new ServerException(
                ServerException.UNTRUSTED,
                "server: %s (expected: one whose certificate is trusted; WINDROW_CA_FILE may name the file of its authority; %s)"
                        .formatted(server, why.getMessage()),
                refused);
    }

    private HttpRequest request(Call call, String accept) {
        HttpRequest.BodyPublisher body =
                call.body() == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(call.body());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + call.target()))
                        .method(call.method(), body)
                        .header("Accept", accept + ", application/problem+json")
                        .header("User-Agent", "windrow-java");
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        call.headers().forEach(request::header);
        return request.build();
    }

    private WindrowException lost(IOException cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new NoServerException(server, cause);
        }
        return new ServerException(
                ServerException.CONNECTION_LOST,
                "The connection to %s was lost: %s".formatted(server, cause.getMessage()),
                cause);
    }

    static void expectType(HttpResponse<?> response, String type) {
        String found = Problems.contentType(response.headers());
        if (!found.equals(type)) {
            throw ServerException.badAnswer(
                    "Content-Type: %s (expected: %s)"
                            .formatted(found.isEmpty() ? "missing" : found, type));
        }
    }

    static ServerException unreadable(JacksonException cause) {
        return ServerException.badAnswer(
                "body: %s (expected: what the contract says)".formatted(cause.getOriginalMessage()),
                cause);
    }
}
