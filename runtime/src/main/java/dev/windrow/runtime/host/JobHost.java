package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RetryOrder;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.content.ContentLimits;
import dev.windrow.runtime.transfer.Transfers;
import dev.windrow.runtime.transfer.VolumeRemoval;
import dev.windrow.runtime.transfer.VolumeRemovals;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.JobEvent;
import dev.windrow.store.register.JobFilter;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The jobs of one server: submits them, runs as many at a time as there is room for, and answers
 * how they are. Safe for use by several threads; calls block on the disk unless they say otherwise.
 *
 * <p>A job whose name is not there is refused with {@code JOB_NOT_FOUND}.
 */
public final class JobHost implements AutoCloseable {

    static final String DEFAULT_WORKSPACE = "default";

    /** Below the home: a folder for each workspace but the default one. */
    static final String WORKSPACES = "workspaces";

    private final Path home;
    private final Register register;
    private final InstantSource clock;
    private final JobRooms rooms;
    private final HostMeters meters;
    private final HostLimits limits;
    private final Housekeeping housekeeping;
    private final JobPlacement placement;
    private final ComputeHost computes;
    private final DatastoreHost datastores;
    private final Submissions submissions;
    private final Transfers transfers;
    private final LeftRows leftRows;
    private final StrayFleets strayFleets;
    private final ConcurrentHashMap<String, Assembly> assemblies = new ConcurrentHashMap<>();

    /**
     * @param home as a local run has it; other workspaces than {@code default} lie below it; its
     *     folder {@code server} must exist
     * @param agentSide the server as agents meet it
     * @param meters count what happens
     * @throws IOException when the key of the agents' tokens cannot be read or made
     */
    public JobHost(
            Path home,
            Register register,
            HostLimits limits,
            AgentSide agentSide,
            InstantSource clock,
            HostMeters meters)
            throws IOException {
        this.meters = meters;
        this.home = home;
        this.register = register;
        this.clock = clock;
        JobTokens tokens = JobTokens.of(home.resolve("server").resolve("job-tokens.key"));
        this.rooms =
                new JobRooms(
                        limits,
                        register,
                        this::assembly,
                        all ->
                                new AgentEntrance(
                                        tokens,
                                        register,
                                        all::session,
                                        this::folder,
                                        agentSide.local(),
                                        clock),
                        clock,
                        meters);
        this.limits = limits;
        this.housekeeping = new Housekeeping(this, home, register, limits.retention(), clock);
        this.datastores =
                new DatastoreHost(
                        register.datastores(), workspace -> assembly(workspace).home(), clock);
        Path server = home.resolve("server");
        AttachedClusters clusters =
                new AttachedClusters(
                        ServiceLoader.load(ClusterProvider.class).stream()
                                .map(ServiceLoader.Provider::get)
                                .toList(),
                        Installation.of(server),
                        ClusterSecrets.below(server),
                        agentSide);
        this.placement = new JobPlacement(register.computes(), clusters);
        this.submissions =
                new Submissions(this::assembly, register, rooms, placement, datastores, meters);
        ComputeVolumes volumes = new ComputeVolumes(register.computes(), clusters);
        this.strayFleets = new StrayFleets(register.computes(), clusters, register);
        this.transfers = new Transfers(volumes::start, clock);
        this.leftRows =
                new LeftRows(
                        volumes,
                        new VolumeRemovals(
                                server.resolve("removals"), transfers, volumes::has, clock));
        rooms.tellOfSegments(segmentsLeft());
        rooms.agents().whenRemoved(rooms::segmentsRemoved);
        this.computes =
                new ComputeHost(
                        register.computes(),
                        clusters,
                        new HostedJobs(this, rooms),
                        limits,
                        ComputeHost.LIMIT,
                        clock);
    }

    private SegmentsLeft segmentsLeft() {
        return new SegmentsLeft() {
            @Override
            public void completed(RegisteredJob job, boolean nobody) {
                leftRows.completed(catalog(job), job, nobody);
            }

            @Override
            public void removed(RegisteredJob job) {
                leftRows.removed(catalog(job), job);
            }
        };
    }

    private JobCatalog catalog(RegisteredJob job) {
        return assembly(job.key().workspace()).catalog();
    }

    /** The computes that jobs can name. */
    public ComputeHost computes() {
        return computes;
    }

    /** Files on volumes that only pods see. */
    public Transfers transfers() {
        return transfers;
    }

    /** The datastores that jobs can name. */
    public DatastoreHost datastores() {
        return datastores;
    }

    private JobFolder folder(JobKey key) {
        return JobFolder.of(assembly(key.workspace()).home(), key.name());
    }

    /** What became of a submit. */
    public record Submitted(JobView job, boolean made) {}

    /**
     * Takes up the jobs that had not ended when the server did, which run as there is room, and
     * what was going on with computes.
     */
    public void takeUp() {
        computes.takeUp();
        leftRows.takeUp();
        strayFleets.start();
        housekeeping.forgetHidden();
        for (RegisteredJob job : register.unfinished()) {
            rooms.enter(Need.of(job, register.demand(job.key())));
        }
        housekeeping.start();
    }

    /** What runs the jobs of a workspace; does not block. */
    public Assembly assembly(String workspace) {
        return assemblies.computeIfAbsent(
                workspace,
                name ->
                        new Assembly(
                                name.equals(DEFAULT_WORKSPACE)
                                        ? home
                                        : home.resolve(WORKSPACES).resolve(name),
                                ContentLimits.DEFAULT.withStoreBytes(
                                        limits.retention().uploadBytes()),
                                clock,
                                meters::around,
                                compute -> computes().place(new ComputeKey(name, compute))));
    }

    /**
     * Submits a job, or finds that the very same one is there. When this returns the job is
     * durable.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     * @throws EngineException JOB_CONFLICT when another job has the name; TOO_MANY_JOBS
     * @throws HostRefusal COMPUTE_NOT_FOUND, NO_COMPUTE_RUNNER
     */
    public Submitted submit(String workspace, RunRequest request, String user) {
        boolean made = submissions.submit(workspace, request, user);
        return new Submitted(find(new JobKey(workspace, request.name())), made);
    }

    /**
     * Submits a job that does what another has failed to do, or finds that it is there.
     *
     * @throws dev.windrow.runtime.RetryException when that cannot be done
     * @throws EngineException JOB_NOT_FOUND; JOB_CONFLICT when another job has the name
     * @throws HostRefusal COMPUTE_NOT_FOUND, NO_COMPUTE_RUNNER
     */
    public Submitted retry(String workspace, RetryOrder order, String user) {
        find(new JobKey(workspace, order.old()));
        boolean made = submissions.retry(workspace, order, user);
        return new Submitted(find(new JobKey(workspace, order.name())), made);
    }

    /**
     * Checks everything that a submit would check; changes nothing.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     * @throws HostRefusal COMPUTE_NOT_FOUND, NO_COMPUTE_RUNNER
     */
    public PreparedRun check(String workspace, RunRequest request, String user) {
        return submissions.check(workspace, request, user);
    }

    /**
     * The name of the compute that a job would run on.
     *
     * @throws HostRefusal COMPUTE_NOT_FOUND, NO_COMPUTE_RUNNER
     */
    public String computeOf(String workspace, RunRequest request) {
        return placement.of(workspace, request.loaded().job());
    }

    /** One job. */
    public JobView find(JobKey key) {
        return view(register.find(key).orElseThrow(() -> notFound(key)));
    }

    /** A page of a workspace's jobs. */
    public List<JobView> list(String workspace, JobFilter filter) {
        return register.list(workspace, filter).stream().map(this::view).toList();
    }

    private JobView view(RegisteredJob job) {
        if (job.endedAt().isPresent()) {
            return new JobView(job, Optional.empty(), Optional.empty());
        }
        return new JobView(job, rooms.progress(job.key()), rooms.waits(job.key()));
    }

    /** Changes what a user may change. */
    public JobView update(JobKey key, UnaryOperator<RegisteredJob> change) {
        return view(register.update(key, change).orElseThrow(() -> notFound(key)));
    }

    /**
     * Asks a job to stop; harmless when it was asked before.
     *
     * @throws EngineException JOB_ENDED
     */
    public JobView cancel(JobKey key, String user) {
        JobView job = find(key);
        if (job.job().endedAt().isPresent() || !rooms.cancel(key, user)) {
            JobView now = find(key);
            throw new EngineException(
                    ErrorCode.JOB_ENDED,
                    "job: %s is %s (expected: one that has not ended)"
                            .formatted(key.name(), now.status().text()));
        }
        return find(key);
    }

    /**
     * Removes an ended job with its ledger and logs; outputs stay. What they take on the disk is
     * freed later, in small steps.
     *
     * @throws EngineException JOB_CONFLICT when it has not ended
     */
    public void delete(JobKey key) {
        JobView job = find(key);
        Optional<VolumeRemoval> left =
                job.status() == JobStatus.COMPLETED
                        ? Optional.empty()
                        : leftRows.of(assembly(key.workspace()).catalog(), job.job());
        if (job.job().endedAt().isEmpty() || !removed(key)) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job: %s is %s (expected: one that has ended; cancel it first)"
                            .formatted(key.name(), job.status().text()));
        }
        left.ifPresent(leftRows::remove);
        register.remove(key);
        housekeeping.freeSoon(key.workspace());
    }

    private boolean removed(JobKey key) {
        try {
            return assembly(key.workspace()).catalog().hide(key.name());
        } catch (EngineException e) {
            // Its folder is gone already, by hand or by a removal that was broken off here.
            if (e.code() == ErrorCode.JOB_NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    /** Where agents come in from the network; does not block. */
    public AgentEntrance agents() {
        return rooms.agents();
    }

    /**
     * A token by which an agent joins the fleet of a job.
     *
     * @throws EngineException JOB_ENDED
     */
    public String agentToken(JobKey key) {
        JobView job = find(key);
        if (job.job().endedAt().isPresent()) {
            throw new EngineException(
                    ErrorCode.JOB_ENDED,
                    "job: %s is %s (expected: one that has not ended)"
                            .formatted(key.name(), job.status().text()));
        }
        return rooms.agents().token(key, job.job().submittedAt());
    }

    /** Events of a job after this number. */
    public List<JobEvent> events(JobKey key, long after, int max) {
        return register.events(key, after, max);
    }

    /** All jobs that wait or run here; does not block. */
    public List<Hosted> hosted() {
        return rooms.hosted();
    }

    /** The latest picture of a running job; does not block. */
    public Optional<dev.windrow.engine.schedule.JobProgress> progress(JobKey key) {
        return rooms.progress(key);
    }

    /** True while a job waits or runs here; does not block. */
    public boolean hosts(JobKey key) {
        return rooms.hosts(key);
    }

    /**
     * How often something was noted for a job that runs or waits here, 0 for others: when it has
     * changed there are new events. Does not block.
     */
    public long noted(JobKey key) {
        return rooms.noted(key);
    }

    private static EngineException notFound(JobKey key) {
        return new EngineException(
                ErrorCode.JOB_NOT_FOUND,
                "job: %s (expected: a job of workspace %s)".formatted(key.name(), key.workspace()));
    }

    /** Runs nothing more; jobs that have not ended are taken up by the next server. */
    @Override
    public void close() {
        housekeeping.close();
        strayFleets.close();
        leftRows.close();
        transfers.close();
        computes.close();
        rooms.close();
    }
}
