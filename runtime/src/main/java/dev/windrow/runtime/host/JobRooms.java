package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.host.Holding.Never;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many jobs run at a time as the limits allow, each on a thread of its own; the others wait
 * their turn.
 */
final class JobRooms implements AutoCloseable {

    private static final int CLOSE_SECONDS = 10;
    private static final int IDLE_SECONDS = 10;

    private final HostLimits limits;
    private final Register register;
    private final Function<String, Assembly> assemblies;
    private final InstantSource clock;
    private final HostMeters meters;
    private final Admission admission;
    private final Map<JobKey, HostedJob> hosted = new ConcurrentHashMap<>();
    private final JobNotes notes;
    private final AgentEntrance agents;

    /** Bounded by admission, and by requests to cancel what still waits. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Thread.ofPlatform().daemon().name("job-", 0).factory());

    /** Both in the order they came; guarded by this, as is what follows from them. */
    private final SequencedMap<JobKey, HostedJob> waiting = new LinkedHashMap<>();

    private final SequencedMap<JobKey, Need> running = new LinkedHashMap<>();
    private @Nullable Map<JobKey, String> reasons;
    private volatile boolean closing;
    private volatile SegmentsLeft segmentsLeft = SegmentsLeft.NONE;

    /**
     * @param agents makes the way in for agents of the jobs that run here
     */
    JobRooms(
            HostLimits limits,
            Register register,
            Function<String, Assembly> assemblies,
            Function<JobRooms, AgentEntrance> agents,
            InstantSource clock,
            HostMeters meters) {
        this.meters = meters;
        this.limits = limits;
        this.register = register;
        this.assemblies = assemblies;
        this.clock = clock;
        this.admission = new Admission(limits);
        this.notes = new JobNotes(register);
        this.agents = agents.apply(this);
    }

    /** From now on this hears of completed jobs. */
    void tellOfSegments(SegmentsLeft taker) {
        segmentsLeft = taker;
    }

    /** An agent has removed the segments of a job, which may be about to complete here. */
    void segmentsRemoved(RegisteredJob job) {
        Optional.ofNullable(hosted.get(job.key())).ifPresent(HostedJob::tellSegmentsRemoved);
        segmentsLeft.removed(job);
    }

    /** Refuses a job that would be over a limit even alone: no waiting would help it. */
    void checkFits(Need need) {
        Optional<Never> never = admission.never(need);
        if (never.isPresent()) {
            String path = never.get().kind().equals("jobs") ? "jobs" : "resources.instance_count";
            String value = "%d %s".formatted(never.get().needed(), never.get().kind());
            String rule = never.get().rule();
            String message = "%s: %s (expected: %s)".formatted(path, value, rule);
            throw new InvalidJobException(
                    "job",
                    List.of(new Mistake(MistakeCode.OVER_LIMIT, message, path, 0, 0, value, rule)));
        }
    }

    /** Refuses a job more than may wait. */
    synchronized void checkRoom() {
        if (waiting.size() >= limits.waitingJobs()) {
            throw new EngineException(
                    ErrorCode.TOO_MANY_JOBS,
                    "waiting jobs: %d (expected: fewer than %d; submit again when some have ended)"
                            .formatted(waiting.size(), limits.waitingJobs()));
        }
    }

    /** Has a job run as soon as there is room. */
    synchronized void enter(Need need) {
        HostedJob job = new HostedJob(need);
        if (hosted.putIfAbsent(need.key(), job) == null) {
            waiting.put(need.key(), job);
            admit();
            job.whileWaiting(() -> notes.status(need.key(), clock.instant(), JobStatus.QUEUED));
        }
    }

    /** Starts what may run now; to be called whenever something has come or ended. */
    private synchronized void admit() {
        reasons = null;
        if (closing) {
            return;
        }
        for (Need need : decision().start()) {
            HostedJob job = waiting.remove(need.key());
            if (job != null) {
                running.put(need.key(), need);
                begin(job);
            }
        }
    }

    private void begin(HostedJob job) {
        job.begin();
        try {
            threads.execute(() -> run(job));
        } catch (RejectedExecutionException _) {
            // The server is being closed; the next one takes the job up.
        }
    }

    private Admission.Decision decision() {
        List<Need> needs = waiting.values().stream().map(HostedJob::need).toList();
        return admission.decide(running.values(), needs);
    }

    private void run(HostedJob job) {
        try {
            Assembly assembly = assemblies.apply(job.key().workspace());
            new HostedRun(job, register, assembly, notes, agents, clock, meters)
                    .run(
                            () -> closing,
                            nobody ->
                                    register.find(job.key())
                                            .ifPresent(one -> completed(job, one, nobody)));
        } finally {
            hosted.remove(job.key());
            notes.forget(job.key());
            leave(job.key());
        }
    }

    /** The agent that has tidied up may have said so before it was known that somebody has to. */
    private void completed(HostedJob job, RegisteredJob registered, boolean nobody) {
        segmentsLeft.completed(registered, nobody);
        if (job.segmentsRemoved()) {
            segmentsLeft.removed(registered);
        }
    }

    private synchronized void leave(JobKey key) {
        running.remove(key);
        admit();
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
        synchronized (this) {
            if (waiting.remove(key) != null && !closing) {
                begin(job);
                admit();
            }
        }
        return true;
    }

    /** All jobs that wait or run here; does not block. */
    List<Hosted> hosted() {
        return hosted.values().stream().map(HostedJob::picture).toList();
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
        if (job == null || !job.waits() || job.canceled()) {
            return Optional.empty();
        }
        return reason(key);
    }

    private synchronized Optional<String> reason(JobKey key) {
        Map<JobKey, String> known = reasons;
        if (known == null) {
            known = decision().waits();
            reasons = known;
        }
        return Optional.ofNullable(known.get(key));
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
