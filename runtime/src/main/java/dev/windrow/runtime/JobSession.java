package dev.windrow.runtime;

import dev.windrow.disk.DiskFolders;
import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.environment.FleetEnvironments;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.runtime.job.JobLock;
import dev.windrow.runtime.job.JobRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One job that this process owns, from its submission to its end. */
public final class JobSession implements AutoCloseable {

    private final PreparedRun run;
    private final JobStore store;
    private final JobLock lock;
    private final JobRow row;
    private final InstantSource clock;
    private final FleetEnvironments environments;
    private volatile @Nullable JobRunner runner;
    private volatile @Nullable OpenCompute fleet;
    private volatile @Nullable String canceledBy;

    /** A job that the ledger has. */
    record Entered(PreparedRun run, JobRow row) {}

    private JobSession(
            PreparedRun run, JobStore store, JobLock lock, JobRow row, InstantSource clock) {
        this.run = run;
        this.store = store;
        this.lock = lock;
        this.row = row;
        this.clock = clock;
        this.environments =
                new FleetEnvironments(
                        run.folder().instances(),
                        FleetEnvironments.BYTES_MOST,
                        clock,
                        () -> UUID.randomUUID().toString().replace("-", ""));
    }

    /**
     * Takes the lock, opens the ledger and has the job submitted or taken up.
     *
     * @param entry makes sure that the ledger has the job, and says how
     */
    static JobSession open(
            JobFolder folder,
            String name,
            Supplier<JobStore> stores,
            InstantSource clock,
            Function<JobStore, Entered> entry) {
        JobLock lock = JobLock.take(folder, name);
        @Nullable JobStore store = null;
        try {
            store = stores.get();
            Entered entered = entry.apply(store);
            return new JobSession(entered.run(), store, lock, entered.row(), clock);
        } catch (RuntimeException e) {
            if (store != null) {
                clean(folder, name, store);
                store.close();
            }
            lock.close();
            throw e;
        }
    }

    /** A job that was refused leaves no folder. */
    private static void clean(JobFolder folder, String name, JobStore store) {
        try {
            if (store.find(name).isEmpty()) {
                DiskFolders.delete(folder.root());
            }
        } catch (IOException | EngineException _) {
            // What was refused is told all the same.
        }
    }

    /** The job as the ledger holds it, when the session began. */
    public JobRow row() {
        return row;
    }

    /** What is run. */
    public PreparedRun prepared() {
        return run;
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
        return run(run.launch(), listener);
    }

    /**
     * The same under a server, with agents that outlive this process.
     *
     * @param entrance where they find the server
     */
    public JobProgress run(LoopListener listener, Entrance entrance) {
        return run(run.launch().at(entrance), listener);
    }

    private JobProgress run(Launch launch, LoopListener listener) {
        return JobClosing.around(
                run, store, clock, this::progress, listener, () -> drive(launch, listener));
    }

    private JobProgress drive(Launch launch, LoopListener listener) {
        JobRunner one =
                new JobRunner(
                        MergedRows.around(store, run.folder()),
                        run.name(),
                        Assembly.policy(run.request().loaded().job(), run.settings()),
                        new FreedEnvironments(listener, environments),
                        clock);
        runner = one;
        Optional.ofNullable(canceledBy).ifPresent(one::cancel);
        return one.run(door -> {
            Compute made = run.places().compute(launch.taking(OldPlace.of(run.folder())), door);
            fleet = made instanceof OpenCompute open ? open : null;
            return made;
        });
    }

    /** Where this job's agents come in; empty while none can. From any thread. */
    public Optional<EngineDoor> door() {
        return Optional.ofNullable(runner).filter(JobRunner::isOpen).map(one -> one);
    }

    /** The fleet whose agents ask what there is to do; empty while none can. From any thread. */
    public Optional<OpenCompute> fleet() {
        return door().flatMap(_ -> Optional.ofNullable(fleet));
    }

    /**
     * The job's code as one file, for agents that do not see it; from any thread. Blocks.
     *
     * @return empty while agents cannot come in
     */
    public Optional<FolderArchive> code() {
        return archive(() -> Optional.of(FolderArchive.code(run.folder())));
    }

    /**
     * An input as one file, for agents that do not see it; from any thread. Blocks.
     *
     * @return empty for an input that the job's compute does not hand out so
     */
    public Optional<FolderArchive> input(String name) {
        return archive(() -> FolderArchive.madeOfInput(run.folder(), name));
    }

    /**
     * What agents make for each other that do not see the job's folder; from any thread.
     *
     * @return empty while agents cannot come in
     */
    public Optional<FleetEnvironments> environments() {
        return door().map(_ -> environments);
    }

    private interface Archive {
        Optional<FolderArchive> get() throws IOException;
    }

    private Optional<FolderArchive> archive(Archive archive) {
        if (door().isEmpty()) {
            return Optional.empty();
        }
        try {
            return archive.get();
        } catch (NoSuchFileException _) {
            // It begins just now, or has ended just now.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The latest picture of the running job; from any thread. */
    public Optional<JobProgress> progress() {
        return Optional.ofNullable(runner).flatMap(JobRunner::progress);
    }

    /** Asks the job to stop, also when it does not run yet; from any thread. */
    public void cancel(String who) {
        canceledBy = who;
        Optional.ofNullable(runner).ifPresent(one -> one.cancel(who));
    }

    /** Ends {@link #run} with a fault, because a thread that it needs is gone; from any thread. */
    public void fail(Throwable cause) {
        Optional.ofNullable(runner).ifPresent(one -> one.fail(cause));
    }

    /**
     * Keeps how long the run took, and says what became of the job.
     *
     * @param began when the command was started
     */
    public JobOutcome conclude(JobProgress end, Instant began) {
        JobFolder folder = run.folder();
        RunRecord record = record().withTimes(RunTimes.of(began, end.phases()));
        try {
            record.save(folder);
        } catch (IOException _) {
            // A full disk must not hide how the job ended.
        }
        JobOutcome outcome = Outcomes.ofRun(folder, run.name(), end, record);
        return outcome.hasFailures() && outcome.firstCause().isEmpty()
                ? outcome.withFirstCause(Outcomes.firstFailure(store, run.name()))
                : outcome;
    }

    private RunRecord record() {
        try {
            return RunRecord.load(run.folder()).orElseGet(() -> RunRecord.of(run));
        } catch (IOException _) {
            return RunRecord.of(run);
        }
    }

    /** What became of a job that had ended before this session. */
    public JobOutcome formerOutcome() {
        return Outcomes.ofLedger(run.folder(), row, store, record());
    }

    @Override
    public void close() {
        store.close();
        lock.close();
    }
}
