package dev.windrow.runtime.transfer;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An order, and who waits for what becomes of it.
 *
 * @param <T> what is made of the answer
 */
final class Errand<T> {

    /** Longer than a body may take to arrive. */
    private static final long BODY_SECONDS = 100;

    private final Ordered ordered;
    private final Taker<T> taker;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private boolean begun;
    private boolean left;

    /** Makes something of an answer, while it arrives. */
    @FunctionalInterface
    interface Taker<T> {
        T take(TransferResult result, InputStream body) throws IOException;
    }

    Errand(Ordered ordered, Taker<T> taker) {
        this.ordered = ordered;
        this.taker = taker;
    }

    Ordered ordered() {
        return ordered;
    }

    /** Nobody waits for it any more. */
    synchronized boolean isLeft() {
        return left;
    }

    /** The answer has begun; false when it comes too late, or a second time. */
    private synchronized boolean begin() {
        if (left || begun || done.isDone()) {
            return false;
        }
        begun = true;
        return true;
    }

    /** True when it was given up before an answer had begun. */
    private synchronized boolean leave() {
        left = !begun;
        return left;
    }

    /**
     * Takes the answer; blocks while it arrives.
     *
     * @return false when nobody waits for it
     */
    boolean take(TransferResult result, InputStream body) {
        if (!begin()) {
            return false;
        }
        try {
            done.complete(taker.take(result, body));
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
        return true;
    }

    /** It will not be done. */
    void fail(TransferException why) {
        done.completeExceptionally(why);
    }

    /**
     * Waits for the end.
     *
     * @param toBegin for so long at most until the answer begins
     * @throws TimeoutException when it has not begun; nothing of it comes any more
     * @throws IOException when the answer breaks off
     */
    T await(Duration toBegin) throws IOException, InterruptedException, TimeoutException {
        try {
            return done.get(toBegin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (leave()) {
                throw e;
            }
            return rest();
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    private T rest() throws IOException, InterruptedException {
        try {
            return done.get(BODY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            // Not one to try again with: what comes of it may still be on its way.
            throw TransferException.passing(
                    "TRANSFER_LOST", "volume: the answer of its pod stands still; try again");
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    private static RuntimeException thrown(ExecutionException e) throws IOException {
        return switch (e.getCause()) {
            case IOException broken -> throw broken;
            case RuntimeException known -> known;
            case null -> new IllegalStateException(e);
            case Throwable other -> new IllegalStateException(other);
        };
    }
}
