package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.tally.Thresholds;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.Setting;
import dev.windrow.runtime.compute.Clusters;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.Machine;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.content.ContentLimits;
import dev.windrow.runtime.content.ContentStore;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.runtime.secret.Secrets;
import dev.windrow.spec.ArgumentTemplate;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.MachineFacts;
import dev.windrow.spec.Notice;
import dev.windrow.spec.ResolvedSettings;
import dev.windrow.spec.SettingsResolver;
import dev.windrow.spec.content.ContentRef;
import dev.windrow.store.SqliteJobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Puts engine, store and computes together: the one place that knows them all. */
public final class Assembly {

    private final Path home;
    private final InstantSource clock;
    private final UnaryOperator<JobStore> stores;
    private final Clusters clusters;
    private final ContentStore content;

    /**
     * @param home where jobs, datastores and the harness are kept
     */
    public Assembly(Path home, InstantSource clock) {
        this(home, ContentLimits.DEFAULT, clock, UnaryOperator.identity(), Clusters.NONE);
    }

    /**
     * @param uploads how much may be uploaded
     * @param stores is put around each ledger that is opened
     * @param clusters that jobs may run on
     */
    public Assembly(
            Path home,
            ContentLimits uploads,
            InstantSource clock,
            UnaryOperator<JobStore> stores,
            Clusters clusters) {
        this.home = home.toAbsolutePath().normalize();
        this.clock = clock;
        this.stores = stores;
        this.clusters = clusters;
        this.content = new ContentStore(this.home.resolve("content"), uploads, clock);
    }

    /** What was uploaded. */
    public ContentStore content() {
        return content;
    }

    public Path home() {
        return home;
    }

    /**
     * Checks everything that can be checked before a job is submitted; changes nothing on disk, but
     * that uploaded folders are laid out for their first job.
     *
     * @throws dev.windrow.spec.InvalidJobException with all mistakes
     */
    public PreparedRun prepare(RunRequest request) {
        JobFolder folder = JobFolder.of(home, request.name());
        LoadedJob loaded = request.loaded();
        Secrets.of(home).check(loaded);
        LoadedJob placed = new UploadedPaths(content, loaded, folder).placed();
        Optional<Clusters.Place> cluster = request.cluster().map(this::cluster);
        PreparedJob places =
                cluster.map(Clusters.Place::runner)
                        .orElseGet(Providers::local)
                        .prepare(
                                new JobDraft(
                                        request.name(),
                                        placed,
                                        home,
                                        folder,
                                        request.datastores(),
                                        cluster.map(Clusters.Place::target)));
        List<String> argv =
                ArgumentTemplate.render(loaded.job(), places::inputText, places::outputText);
        PreparedJob.InstanceSize size = places.instanceSize(request.instances().orElse(1));
        ResolvedSettings resolved =
                SettingsResolver.resolve(
                        loaded,
                        argv,
                        new MachineFacts(
                                size.cpus(),
                                size.gpus(),
                                request.instances(),
                                cluster.isPresent()));
        List<Notice> notices = new ArrayList<>(loaded.warnings());
        notices.addAll(resolved.notices());
        EffectiveSettings settings = resolved.settings();
        // A job that is there may find its own output.
        if (!Files.exists(folder.ledger())) {
            places.checkVacant(settings.rowOutput().fileName());
            places.checkStaffing(settings.staffing());
        }
        return new PreparedRun(
                request,
                code(loaded, placed),
                folder,
                places,
                new Launch(
                        settings,
                        argv,
                        request.python(),
                        request.environment(),
                        Optional.empty(),
                        Optional.empty()),
                notices,
                places.outputs(settings.rowOutput().fileName()));
    }

    private static CodeSnapshot.Source code(LoadedJob loaded, LoadedJob placed) {
        String written = loaded.job().task().code().orElse(".");
        String code = placed.job().task().code().orElse(".");
        return new CodeSnapshot.Source(
                placed.baseFolder().resolve(code).normalize(), ContentRef.claims(written));
    }

    private Clusters.Place cluster(String compute) {
        return clusters.find(compute)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.INVALID_JOB_SPEC,
                                "compute: %s (expected: one that is attached)".formatted(compute)));
    }

    /**
     * Submits a prepared job, or takes up the same job of that name, and owns it. One that has
     * ended is left as it is: {@link JobSession#row} says so.
     *
     * @throws EngineException JOB_CONFLICT when another job has the name; JOB_OWNED_ELSEWHERE
     */
    public JobSession open(PreparedRun run) {
        return JobSession.open(
                run.folder(),
                run.name(),
                () -> openStore(run.folder()),
                clock,
                store -> {
                    Retrying.forget(store, run);
                    return new Submission(run, clock).enter(store);
                });
    }

    /**
     * Takes up a job that is unfinished, Failed or Canceled, and owns it.
     *
     * @throws EngineException JOB_NOT_FOUND, JOB_OWNED_ELSEWHERE, or JOB_CONFLICT when it has
     *     completed
     * @throws dev.windrow.spec.InvalidJobException when inputs or code are not there any more
     */
    public JobSession resume(ResumeRequest request) {
        JobFolder folder = catalog().folder(request.name());
        return JobSession.open(
                folder,
                request.name(),
                () -> openStore(folder),
                clock,
                new Resumption(this, request, folder, clock)::enter);
    }

    /**
     * Takes up a job as it is and owns it: one that has not ended goes on, an ended one is only
     * looked after.
     *
     * @throws EngineException JOB_NOT_FOUND, JOB_OWNED_ELSEWHERE
     * @throws dev.windrow.spec.InvalidJobException when inputs are not there any more
     */
    public JobSession takeUp(String name) {
        JobFolder folder = catalog().folder(name);
        ResumeRequest request = ResumeRequest.asItIs(name);
        return JobSession.open(
                folder,
                name,
                () -> openStore(folder),
                clock,
                new Resumption(this, request, folder, clock)::takeUp);
    }

    /**
     * The settings a submitted job runs by, each with its origin.
     *
     * @throws EngineException JOB_NOT_FOUND
     * @throws dev.windrow.spec.InvalidJobException when inputs are not there any more
     */
    public List<Setting> settings(String name) {
        JobFolder folder = catalog().folder(name);
        ResumeRequest request = ResumeRequest.asItIs(name);
        return new Resumption(this, request, folder, clock).prepared(false).settings().asPrinted();
    }

    /**
     * Compares a prepared job with the submitted one of its name; needs no ownership.
     *
     * @throws EngineException JOB_CONFLICT with the first difference; JOB_NOT_FOUND
     */
    public void checkSame(PreparedRun run) {
        try (JobStore store = openStore(catalog().folder(run.name()))) {
            new Submission(run, clock).checkSame(store);
        }
    }

    /** The jobs that are there. */
    public JobCatalog catalog() {
        return new JobCatalog(home, this::openStore);
    }

    /** The ledger of a job that is there. */
    public JobStore openStore(JobFolder folder) {
        return stores.apply(SqliteJobStore.open(folder.ledger()));
    }

    /**
     * The items in one chunk of a job's plan.
     *
     * @param payload of the chunk, as the ledger holds it
     */
    public PlanNames names(byte[] payload) {
        return Providers.machine().names(payload);
    }

    /** Some mini-batches of such a chunk, as a chunk of another plan. */
    byte[] picked(byte[] payload, int first, int[] places) {
        return Providers.machine().pick(payload, first, places);
    }

    /**
     * Checks that an ended job can be tried again, and prepares the job that does it.
     *
     * @throws RetryException when there is nothing to do, or it cannot be merged
     * @throws dev.windrow.spec.InvalidJobException when inputs or code are not there any more
     */
    public PreparedRun prepare(RetryOrder order) {
        return new Retrying(this, order).prepared();
    }

    /**
     * Submits the job that does what another has failed to do; see {@link #open}. A repeat goes on
     * where an earlier try was broken off.
     */
    public JobSession open(PreparedRun run, RetryOrder order) {
        return JobSession.open(
                run.folder(),
                run.name(),
                () -> openStore(run.folder()),
                clock,
                store -> {
                    new Retrying(this, order).begin(store, run.folder());
                    JobSession.Entered entered = new Submission(run, clock).enter(store);
                    new Retrying(this, order).plant(store, run);
                    return entered;
                });
    }

    /** Gives the index that a mini-batch of a retry had at first; empty for other jobs. */
    public Optional<IntUnaryOperator> originalIndexes(String name) {
        return Origins.of(catalog().folder(name)).map(known -> known::of);
    }

    /** Looks at this machine; blocks for a moment. */
    public static Machine machine() {
        return Providers.machine().machine();
    }

    static JobPolicy policy(ParallelJob job, EffectiveSettings settings) {
        Tolerance tolerance = settings.tolerance();
        return new JobPolicy(
                new Thresholds(
                        tolerance.errorThreshold(),
                        tolerance.miniBatchErrorThreshold(),
                        tolerance.allowedFailedPercent()),
                settings.maxRetries(),
                settings.timeLimits().runTimeout(),
                settings.timeLimits().progressUpdateTimeout(),
                settings.timeLimits().firstTaskCreationTimeout(),
                settings.staffing().instanceCount(),
                settings.staffing().maxConcurrencyPerInstance(),
                job.task().appendRowTo().isPresent());
    }
}
