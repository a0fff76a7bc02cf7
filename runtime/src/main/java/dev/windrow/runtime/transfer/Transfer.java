package dev.windrow.runtime.transfer;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.VolumeAgent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One agent beside a volume, from its start until it was idle for a while: what it is to do, and
 * who waits for that. Safe for use by several threads.
 */
final class Transfer {

    /** Until a pod that cannot be is given up. */
    static final Duration START_MAX = Duration.ofMinutes(2);

    static final Duration IDLE_MAX = Duration.ofSeconds(30);

    /** Shorter than clients and proxies wait for an answer. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(45);

    private static final Duration HOLD = Duration.ofSeconds(20);
    private static final int ERRANDS_MOST = 256;
    private static final long LOOK_MILLIS = 1_000;

    private final String token;
    private final InstantSource clock;
    private final BlockingQueue<Errand<?>> waiting = new ArrayBlockingQueue<>(ERRANDS_MOST);
    private final Map<Long, Errand<?>> given = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean connected;
    private volatile String sentence = "its pod is being made";
    private volatile Instant used;
    private @Nullable TransferException over;

    /**
     * @param token by which its agent comes
     */
    Transfer(String token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
        this.used = clock.instant();
    }

    String token() {
        return token;
    }

    /** Whether it takes no more orders. */
    synchronized boolean isOver() {
        return over != null || told.getCount() == 0;
    }

    /** When somebody last wanted something; now while somebody waits. */
    Instant used() {
        return isBusy() ? clock.instant() : used;
    }

    boolean isBusy() {
        return !waiting.isEmpty() || !given.isEmpty();
    }

    /** Takes no more orders; its thread removes the agent soon. */
    void end() {
        told.countDown();
    }

    /**
     * Has something done. Blocks.
     *
     * @return empty when it ends just now, and another has to do it
     * @throws TransferException when it cannot be done, or not yet
     * @throws IOException when the answer breaks off
     */
    <T> Optional<T> run(TransferOrder order, Errand.Taker<T> taker)
            throws IOException, InterruptedException {
        long number = numbers.incrementAndGet();
        Errand<T> errand = new Errand<>(new Ordered(number, order), taker);
        if (!offer(errand)) {
            return Optional.empty();
        }
        try {
            return Optional.of(errand.await(ANSWER_MAX));
        } catch (TimeoutException _) {
            throw TransferException.passing(
                    "TRANSFER_STARTING",
                    "volume: not there yet (expected: try again): " + sentence);
        } finally {
            used = clock.instant();
            boolean _ = waiting.remove(errand);
            given.remove(number);
        }
    }

    private synchronized boolean offer(Errand<?> errand) {
        if (isOver()) {
            return false;
        }
        if (!waiting.offer(errand)) {
            throw TransferException.passing(
                    "TOO_MANY_TRANSFERS", "volume: too much is asked at one time; try again");
        }
        return true;
    }

    /**
     * The next order for the agent; blocks until there is one, for some seconds at most.
     *
     * @return empty when there is none
     */
    Optional<Ordered> next() throws InterruptedException {
        connected = true;
        Instant end = clock.instant().plus(HOLD);
        while (!isOver()) {
            Errand<?> errand = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (errand != null) {
                given.put(errand.ordered().number(), errand);
                if (!errand.isLeft()) {
                    return Optional.of(errand.ordered());
                }
                given.remove(errand.ordered().number());
            }
            if (errand == null && clock.instant().isAfter(end)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Takes the agent's answer; blocks while it arrives.
     *
     * @return false when nobody waits for it
     */
    boolean take(long number, TransferResult result, InputStream body) {
        Errand<?> errand = given.get(number);
        return errand != null && errand.take(result, body);
    }

    /** Has the agent, from its start to its end. Blocks as long as there is one. */
    void live(Supplier<VolumeAgent> start) {
        try (VolumeAgent agent = start.get()) {
            // What comes from now on must not find an agent that is being removed.
            finish(watched(agent));
        } catch (ClusterException e) {
            finish(lasting(String.valueOf(e.getMessage())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            finish(ended());
        } catch (RuntimeException e) {
            finish(lasting(e.toString()));
        }
    }

    private TransferException watched(VolumeAgent agent) throws InterruptedException {
        Instant began = clock.instant();
        while (!told.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Instant now = clock.instant();
            if (!connected || isBusy()) {
                VolumeAgent.Look look = look(agent);
                sentence = look.sentence();
                if (look.over()) {
                    return connected ? lost() : lasting(sentence);
                }
            }
            if (!connected && now.isAfter(began.plus(START_MAX))) {
                return lasting(
                        "has not begun within %d minutes: %s"
                                .formatted(START_MAX.toMinutes(), sentence));
            }
            if (connected && now.isAfter(used().plus(IDLE_MAX))) {
                return ended();
            }
        }
        return ended();
    }

    /** A cluster that is away for a moment tells nothing about the pod. */
    private VolumeAgent.Look look(VolumeAgent agent) {
        try {
            return agent.look();
        } catch (ClusterException e) {
            return new VolumeAgent.Look(false, String.valueOf(e.getMessage()));
        }
    }

    private TransferException lost() {
        return TransferException.passing(
                "TRANSFER_LOST", "volume: its pod was lost (expected: try again): " + sentence);
    }

    private static TransferException lasting(String why) {
        return TransferException.lasting(
                "TRANSFER_FAILED",
                "volume: cannot be looked into (expected: a pod that sees it): " + why);
    }

    private static TransferException ended() {
        return TransferException.passing("TRANSFER_LOST", "volume: its pod ends; try again");
    }

    private void finish(TransferException why) {
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
        }
        waiting.forEach(one -> one.fail(why));
        given.values().forEach(one -> one.fail(why));
    }
}
