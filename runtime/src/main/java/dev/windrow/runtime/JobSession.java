package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.runtime.job.JobFolder;
import dev.windrow.runtime.job.JobLock;
import dev.windrow.runtime.job.JobRunner;
import dev.windrow.spec.JobWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One job that this process owns, from its submission to its end. */
public final class JobSession implements AutoCloseable {

    private final PreparedRun run;
    private final JobStore store;
    private final JobLock lock;
    private final JobRow row;
    private final InstantSource clock;
    private volatile @Nullable JobRunner runner;

    private JobSession(
            PreparedRun run, JobStore store, JobLock lock, JobRow row, InstantSource clock) {
        this.run = run;
        this.store = store;
        this.lock = lock;
        this.row = row;
        this.clock = clock;
    }

    static JobSession open(PreparedRun run, Supplier<JobStore> stores, InstantSource clock) {
        JobLock lock = JobLock.take(run.folder(), run.name());
        @Nullable JobStore store = null;
        try {
            store = stores.get();
            return new JobSession(run, store, lock, submit(run, store, clock), clock);
        } catch (RuntimeException e) {
            if (store != null) {
                store.close();
            }
            lock.close();
            throw e;
        }
    }

    private static JobRow submit(PreparedRun run, JobStore store, InstantSource clock) {
        ParallelJob job = run.request().loaded().job();
        Path code = codeFolder(run);
        String canonical = JobWriter.canonical(job);
        String digest = CodeSnapshot.digest(code);
        Optional<JobRow> known = store.find(run.name());
        if (known.isPresent()) {
            checkSame(run.name(), known.get(), canonical, digest);
            return known.get();
        }
        JobFolder folder = run.folder();
        CodeSnapshot.copy(code, folder.code());
        try {
            Files.createDirectories(folder.segments());
            Files.createDirectories(folder.logs());
            JobWriter.dump(job, run.request().loaded().baseFolder(), folder.spec(), true);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "job folder: %s (expected: a folder this user may write): %s"
                            .formatted(folder.root(), e.getMessage()),
                    e);
        }
        return store.submit(JobRow.submitted(run.name(), canonical, digest, clock.instant()));
    }

    private static void checkSame(String name, JobRow known, String canonical, String digest) {
        if (!known.spec().equals(canonical) || !known.codeDigest().equals(digest)) {
            String what = known.spec().equals(canonical) ? "code" : "job";
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "name: %s (expected: a new name, because another %s has been submitted under it)"
                            .formatted(name, what));
        }
    }

    /** The folder the script's code is in. */
    static Path codeFolder(PreparedRun run) {
        Path base = run.request().loaded().baseFolder();
        String code = run.request().loaded().job().task().code().orElse(".");
        return base.resolve(code).normalize();
    }

    /** The job as the ledger holds it, when the session began. */
    public JobRow row() {
        return row;
    }

    public JobStore store() {
        return store;
    }

    /**
     * Runs the job to its end on the calling thread; then removes what it needs no more and writes
     * its reports. What cannot be removed or written is noted to the listener and changes nothing.
     *
     * @throws EngineException when the ledger fails
     */
    public JobProgress run(LoopListener listener) {
        return JobClosing.around(
                run, store, clock, this::progress, listener, () -> drive(listener));
    }

    private JobProgress drive(LoopListener listener) {
        JobRunner one =
                new JobRunner(
                        store,
                        run.name(),
                        Assembly.policy(run.request().loaded().job(), run.settings()),
                        listener,
                        clock);
        runner = one;
        return one.run(door -> run.places().compute(run.launch(), door));
    }

    /** The latest picture of the running job; from any thread. */
    public Optional<JobProgress> progress() {
        return Optional.ofNullable(runner).flatMap(JobRunner::progress);
    }

    /** Asks the running job to stop; from any thread. */
    public void cancel(String who) {
        Optional.ofNullable(runner).ifPresent(one -> one.cancel(who));
    }

    @Override
    public void close() {
        store.close();
        lock.close();
    }
}
