package dev.windrow.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends lines as they are made; whoever makes them waits for the client, a minute at most. */
final class LineStream {

    private static final int PIECE = 1 << 16;
    private static final int WAIT_SECONDS = 60;

    private final Context loop;
    private final HttpServerResponse response;
    private Buffer piece = Buffer.buffer();

    LineStream(Vertx vertx, HttpServerResponse response) {
        this.loop = vertx.getOrCreateContext();
        this.response = response;
    }

    void send(Answer.Lines lines, Executor threads) {
        response.setChunked(true)
                .putHeader("Content-Type", lines.type())
                .putHeader("Cache-Control", "no-store");
        threads.execute(() -> {
            try {
                lines.lines().accept(this::add);
                flush();
                loop.runOnContext(_ -> response.end());
            } catch (RuntimeException e) {
                // The head has gone out: a cut connection is all that can still tell.
                loop.runOnContext(_ -> response.reset());
            }
        });
    }

    private void add(String line) {
        piece.appendString(line).appendByte((byte) '\n');
        if (piece.length() >= PIECE) {
            flush();
        }
    }

    private void flush() {
        Buffer full = piece;
        piece = Buffer.buffer();
        CompletableFuture<Void> written = new CompletableFuture<>();
        loop.runOnContext(_ ->
                response.write(full)
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
