package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets so many jobs run at a time, each on a thread of its own; the others wait their turn. */
final class JobRooms implements AutoCloseable {

    private static final int CLOSE_SECONDS = 10;

    private final HostLimits limits;
    private final Register register;
    private final Function<String, Assembly> assemblies;
    private final InstantSource clock;
    private final Map<JobKey, HostedJob> hosted = new ConcurrentHashMap<>();
    private final JobNotes notes;
    private final ThreadPoolExecutor threads;
    private final AgentEntrance agents;
    private volatile boolean closing;

    /**
     * @param agents makes the way in for agents of the jobs that run here
     */
    JobRooms(
            HostLimits limits,
            Register register,
            Function<String, Assembly> assemblies,
            Function<JobRooms, AgentEntrance> agents,
            InstantSource clock) {
        this.limits = limits;
        this.register = register;
        this.assemblies = assemblies;
        this.clock = clock;
        this.notes = new JobNotes(register);
        this.agents = agents.apply(this);
        this.threads =
                new ThreadPoolExecutor(
                        limits.runningJobs(),
                        limits.runningJobs(),
                        0,
                        TimeUnit.SECONDS,
                        // Its bound is kept by checkRoom: what is durable is never refused.
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("job-", 0).factory());
    }

    /** Refuses a job more than may wait. */
    void checkRoom() {
        if (threads.getQueue().size() >= limits.waitingJobs()) {
            throw new EngineException(
                    ErrorCode.TOO_MANY_JOBS,
                    "waiting jobs: %d (expected: fewer than %d; submit again when some have ended)"
                            .formatted(threads.getQueue().size(), limits.waitingJobs()));
        }
    }

    /** Has a job run as soon as there is room. */
    void enter(JobKey key) {
        HostedJob job = new HostedJob(key);
        if (hosted.putIfAbsent(key, job) == null) {
            threads.execute(new Waiting(job, () -> run(job)));
            if (hosted.size() > limits.runningJobs()) {
                job.whileWaiting(() -> notes.status(key, clock.instant(), JobStatus.QUEUED));
            }
        }
    }

    /** A job in the queue, to be found there. */
    private record Waiting(HostedJob job, Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private void run(HostedJob job) {
        job.begin();
        try {
            Assembly assembly = assemblies.apply(job.key().workspace());
            new HostedRun(job, register, assembly, notes, agents, clock).run(() -> closing);
        } finally {
            hosted.remove(job.key());
            notes.forget(job.key());
        }
    }

    /**
     * Asks a job to stop. One that still waits need not wait for its turn to be canceled.
     *
     * @return false when it is not here any more
     */
    boolean cancel(JobKey key, String user) {
        HostedJob job = hosted.get(key);
        if (job == null) {
            return false;
        }
        job.cancel(user);
        if (job.waits()) {
            threads.getQueue().stream()
                    .filter(waiting -> waiting instanceof Waiting one && one.job() == job)
                    .findFirst()
                    .filter(threads::remove)
                    .ifPresent(task -> Thread.ofPlatform().daemon().start(task));
        }
        return true;
    }

    /** Where agents come in. */
    AgentEntrance agents() {
        return agents;
    }

    /** What runs a job; empty when nothing does yet. */
    Optional<JobSession> session(JobKey key) {
        return Optional.ofNullable(hosted.get(key)).flatMap(HostedJob::session);
    }

    Optional<JobProgress> progress(JobKey key) {
        return Optional.ofNullable(hosted.get(key)).flatMap(HostedJob::progress);
    }

    /** What a job waits for; empty when it runs or is not here. */
    Optional<String> waits(JobKey key) {
        HostedJob job = hosted.get(key);
        return job == null || !job.waits() || job.canceled()
                ? Optional.empty()
                : Optional.of(
                        "waits for one of the %d jobs to end that may run at a time"
                                .formatted(limits.runningJobs()));
    }

    /** True while it waits or runs here. */
    boolean hosts(JobKey key) {
        return hosted.containsKey(key);
    }

    long noted(JobKey key) {
        return notes.count(key);
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        try {
            // So that whoever opens the home next finds no job owned.
            boolean _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        notes.close();
    }
}
