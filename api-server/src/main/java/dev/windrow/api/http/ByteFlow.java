package dev.windrow.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends pieces as they come; whoever brings them waits for the client, for seconds at most. */
final class ByteFlow {

    private static final int WAIT_SECONDS = 50;

    private final Context loop;
    private final HttpServerResponse response;

    /** On the event loop, once the head is set. */
    ByteFlow(Vertx vertx, HttpServerResponse response) {
        this.loop = vertx.getOrCreateContext();
        this.response = response;
    }

    /** Has the bytes from one to before another sent, on a thread of the answer's. */
    void send(Answer.Flow flow, long from, long to) {
        flow.threads()
                .execute(() -> {
                    try {
                        flow.source().copy(from, to, this::write);
                        loop.runOnContext(_ -> response.end());
                    } catch (RuntimeException e) {
                        // The head has gone out: a cut connection is all that can still tell.
                        loop.runOnContext(_ -> response.reset());
                    }
                });
    }

    private void write(byte[] piece) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        loop.runOnContext(_ ->
                response.write(Buffer.buffer(piece))
                        .onSuccess(written::complete)
                        .onFailure(written::completeExceptionally));
        try {
            written.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new CancellationException("the client is gone");
        }
    }
}
