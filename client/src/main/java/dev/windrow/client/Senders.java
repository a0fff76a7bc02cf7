package dev.windrow.client;

import dev.windrow.architecture.Deviates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Sends several things at a time.
 *
 * @param most at one time
 */
@Deviates(rule = Deviates.Rule.THREADS, reason = "Small files wait for the disk of the server.")
record Senders(int most) {
    /** Sends one thing; used by one thread. */
    interface Sender {
        void send(String one) throws IOException;
    }

    /**
     * Sends all, in order as far as several at a time can; blocks until nothing is on its way.
     *
     * @param senders gives a sender for each thread
     * @throws IOException the first that one of them has thrown; what was not begun is not sent
     */
    void each(List<String> all, Supplier<Sender> senders) throws IOException {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < Math.min(most, all.size()); i++) {
                Sender sender = senders.get();
                running.add(threads.submit(() -> run(all, sender, next, failed)));
            }
            for (Future<Boolean> one : running) {
                end(one, failed);
            }
        }
    }

    private static boolean run(
            List<String> all, Sender sender, AtomicInteger next, AtomicBoolean failed)
            throws IOException {
        boolean well = false;
        try {
            for (int i = next.getAndIncrement();
                    i < all.size() && !failed.get();
                    i = next.getAndIncrement()) {
                sender.send(all.get(i));
            }
            well = true;
        } finally {
            if (!well) {
                failed.set(true);
            }
        }
        return true;
    }

    private static void end(Future<Boolean> one, AtomicBoolean failed) throws IOException {
        try {
            boolean _ = one.get();
        } catch (InterruptedException e) {
            failed.set(true);
            throw InterruptedCallException.of(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
