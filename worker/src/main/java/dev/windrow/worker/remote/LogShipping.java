package dev.windrow.worker.remote;

import dev.windrow.worker.ship.LogTree;
import dev.windrow.worker.ship.Piece;
import dev.windrow.worker.ship.Rate;
import dev.windrow.worker.ship.ShipAnswer;
import dev.windrow.worker.ship.ShipStep;
import dev.windrow.worker.ship.Shipper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings an agent's logs to its server while it works, by a thread of its own with one request at a
 * time: the answer is the leave to send the next. Nothing that fails here changes what the agent
 * does.
 */
final class LogShipping {

    /**
     * A hundred agents are no more than a disk and a network of these days take beside all else;
     * and a worker that prints more than this has its output cut anyhow.
     */
    private static final long BYTES_PER_SECOND = 1 << 20;

    private static final long BYTES_AT_ONCE = 1 << 20;

    /** As many as the server takes of one agent. */
    private static final int FILES_MOST = 10_000;

    /** What could not be shipped by then stays where it is. */
    private static final Duration LAST_MAX = Duration.ofSeconds(10);

    private final Shipper shipper;
    private final LogCalls calls;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private Instant lastHeard;
    private volatile boolean complete;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param logs the agent's own log tree
     */
    LogShipping(LogCalls calls, Path logs, ThreadFactory threads, InstantSource clock) {
        Instant now = clock.instant();
        this.shipper =
                new Shipper(
                        new LogTree(logs, FILES_MOST),
                        new Rate(BYTES_PER_SECOND, BYTES_AT_ONCE, now));
        this.calls = calls;
        this.clock = clock;
        this.lastHeard = now;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Ships what is left, now that the agent has ended; blocks for ten seconds at most.
     *
     * @return true when the server has all of it
     */
    boolean finish() throws InterruptedException {
        ending.countDown();
        if (!thread.join(LAST_MAX)) {
            thread.interrupt();
        }
        return complete;
    }

    /** Why something was not shipped, as far as that is known. */
    Optional<String> trouble() {
        return trouble;
    }

    private void run() {
        boolean told = false;
        try {
            while (true) {
                if (!told && ending.getCount() == 0) {
                    told = true;
                    shipper.finish();
                }
                switch (shipper.next(clock.instant())) {
                    case ShipStep.Send(Piece piece) -> send(piece);
                    case ShipStep.Pause(Instant until) ->
                            pause(Duration.between(clock.instant(), until));
                    case ShipStep.Done _ -> {
                        complete = shipper.complete();
                        return;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            trouble = shipper.trouble();
        }
    }

    private void send(Piece piece) throws InterruptedException {
        ShipAnswer answer = calls.send(piece);
        shipper.answered(answer);
        Instant now = clock.instant();
        if (answer instanceof ShipAnswer.Lost) {
            pause(backoff.next(Duration.between(lastHeard, now)));
        } else {
            backoff.reset();
            lastHeard = now;
        }
    }

    /** Ends at once when the agent does. */
    private void pause(Duration time) throws InterruptedException {
        long nanos = Math.max(0, time.toNanos());
        if (ending.getCount() > 0) {
            boolean _ = ending.await(nanos, TimeUnit.NANOSECONDS);
        } else {
            LockSupport.parkNanos(nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
