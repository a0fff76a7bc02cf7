package dev.windrow.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that gives up when no byte comes for a while. Holds what one
 * read of the socket brought, never more.
 */
final class ByteFlow extends InputStream implements HttpResponse.BodySubscriber<ByteFlow> {
    private final Duration idle;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private @Nullable Arrival last;

    ByteFlow(Duration idle) {
        this.idle = idle;
    }

    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End() implements Arrival {}

        record Broken(Throwable cause) implements Arrival {}
    }

    @Override
    public CompletionStage<ByteFlow> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        arrivals.add(new Arrival.Broken(cause));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (true) {
            @Nullable ByteBuffer buffer = current.peek();
            if (buffer == null) {
                if (!fill()) {
                    return -1;
                }
            } else if (buffer.hasRemaining()) {
                int count = Math.min(length, buffer.remaining());
                buffer.get(into, offset, count);
                return count;
            } else {
                current.remove();
            }
        }
    }

    /** Waits for bytes; false at the end. */
    private boolean fill() throws IOException {
        Arrival arrival = last == null ? next() : last;
        return switch (arrival) {
            case Arrival.Bytes(List<ByteBuffer> buffers) -> {
                current.addAll(buffers);
                subscription.join().request(1);
                yield true;
            }
            case Arrival.End _ -> {
                last = arrival;
                yield false;
            }
            case Arrival.Broken(Throwable cause) -> {
                last = arrival;
                throw new IOException("the connection broke: " + cause.getMessage(), cause);
            }
        };
    }

    private Arrival next() throws IOException {
        try {
            @Nullable Arrival arrival = arrivals.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                throw new HttpTimeoutException("no byte for " + idle.toMillis() + " ms");
            }
            return arrival;
        } catch (InterruptedException e) {
            throw InterruptedCallException.of(e);
        }
    }

    /** Ends the exchange; the connection is not used again unless the body was read to its end. */
    @Override
    public void close() {
        // One that has not come yet is cancelled when it comes.
        if (!subscription.cancel(false)) {
            subscription.join().cancel();
        }
    }
}
