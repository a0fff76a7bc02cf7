package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes what happens to running jobs into the register, on a thread of its own, in order: whoever
 * runs a job must not wait for a second flush. What a crash swallows is in the ledger.
 */
final class JobNotes implements AutoCloseable {

    private static final int CLOSE_SECONDS = 5;

    /** Of one run; a job that fails by the hour must not fill the disk with its complaints. */
    private static final int MOST = 10_000;

    private final Register register;
    private final Map<JobKey, AtomicLong> counts = new ConcurrentHashMap<>();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("job-notes").factory());

    JobNotes(Register register) {
        this.register = register;
    }

    void note(JobKey key, Instant at, String kind, String text) {
        AtomicLong count = counter(key);
        if (count.get() < MOST) {
            write(count, () -> register.note(key, at, kind, text));
        }
    }

    void status(JobKey key, Instant at, JobStatus status) {
        write(
                counter(key),
                () ->
                        register.status(
                                key,
                                status,
                                job ->
                                        job.withStatus(
                                                status, job.reason(), job.counts(), job.endedAt()),
                                at));
    }

    /** Runs something after everything noted so far, and waits for it. */
    void last(JobKey key, Runnable end) {
        AtomicLong count = counter(key);
        try {
            writer.submit(end).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof EngineException known
                    ? known
                    : new IllegalStateException(e.getCause());
        } finally {
            count.incrementAndGet();
        }
    }

    private void write(AtomicLong count, Runnable work) {
        writer.execute(() -> {
            try {
                work.run();
                count.incrementAndGet();
            } catch (EngineException _) {
                // The ledger has it; only those who watch see it later.
            }
        });
    }

    private AtomicLong counter(JobKey key) {
        return counts.computeIfAbsent(key, _ -> new AtomicLong());
    }

    /** Grows with each event of a job. */
    long count(JobKey key) {
        AtomicLong count = counts.get(key);
        return count == null ? 0 : count.get();
    }

    /** Forgets the count of a job that runs here no more. */
    void forget(JobKey key) {
        counts.remove(key);
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            boolean _ = writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
