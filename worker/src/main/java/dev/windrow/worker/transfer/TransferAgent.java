package dev.windrow.worker.transfer;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.worker.remote.TransferLink;
import dev.windrow.worker.remote.TransferLink.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves the files of one volume to the server that has started it, until that has no more orders:
 * a few orders at one time, and of each file only a few kilobytes in memory.
 */
public final class TransferAgent {

    private static final int AT_ONCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A server that has ended knows nothing of this agent when it is there again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TransferLink link;
    private final Volume volume;
    private final InstantSource clock;
    private final AtomicLong answered = new AtomicLong();
    private volatile Instant heard;

    /**
     * @param root absolute folder; nothing outside it is touched
     */
    public TransferAgent(TransferLink link, Path root, InstantSource clock) {
        this.link = link;
        this.volume = new Volume(root);
        this.clock = clock;
        this.heard = clock.instant();
    }

    /** Orders that were done. */
    public long answered() {
        return answered.get();
    }

    /**
     * Works until the server wants no more. Blocks.
     *
     * @return why it ended before
     */
    public Optional<String> run() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(threads.submit(this::serve));
            }
            try {
                return first(all);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static Optional<String> first(List<Future<Optional<String>>> all)
            throws InterruptedException {
        try {
            for (Future<Optional<String>> one : all) {
                Optional<String> why = one.get();
                if (why.isPresent()) {
                    return why;
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of("it failed: " + e.getCause());
        }
    }

    private Optional<String> serve() throws InterruptedException {
        while (true) {
            Asked asked = ask();
            switch (asked) {
                case Asked.Work(Ordered ordered) -> answer(ordered);
                case Asked.Nothing _ -> heard = clock.instant();
                case Asked.Later _ -> {
                    if (Duration.between(heard, clock.instant()).compareTo(PATIENCE) > 0) {
                        return Optional.of("no server answers");
                    }
                    pause();
                }
                case Asked.Over _ -> {
                    return Optional.empty();
                }
                case Asked.Refused(String why) -> {
                    return Optional.of(why);
                }
            }
        }
    }

    private Asked ask() throws InterruptedException {
        try {
            return link.ask();
        } catch (IOException _) {
            return new Asked.Later();
        }
    }

    private void answer(Ordered ordered) throws InterruptedException {
        heard = clock.instant();
        try (Reply reply = volume.answer(ordered.order())) {
            link.answer(ordered.number(), reply.result(), reply.body(), reply.length());
            answered.incrementAndGet();
        } catch (IOException _) {
            // Whoever waits for it at the server asks again.
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
