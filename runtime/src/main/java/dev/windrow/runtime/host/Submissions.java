package dev.windrow.runtime.host;

import dev.windrow.model.JobLabels;
import dev.windrow.model.compute.ComputeName;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RetryOrder;
import dev.windrow.runtime.RunRequest;
import dev.windrow.store.register.JobDemand;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes jobs in: checks them, makes them durable, and has them wait for their turn. Two submits of
 * one name never run at the same time.
 */
final class Submissions {

    private static final int STRIPES = 64;

    private final Function<String, Assembly> assemblies;
    private final Register register;
    private final JobRooms rooms;
    private final JobPlacement placement;
    private final DatastoreHost datastores;
    private final HostMeters meters;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    /**
     * @param assemblies by workspace
     */
    Submissions(
            Function<String, Assembly> assemblies,
            Register register,
            JobRooms rooms,
            JobPlacement placement,
            DatastoreHost datastores,
            HostMeters meters) {
        this.assemblies = assemblies;
        this.register = register;
        this.rooms = rooms;
        this.placement = placement;
        this.datastores = datastores;
        this.meters = meters;
    }

    /** Submits a job; false when the very same one is there. */
    boolean submit(String workspace, RunRequest request, String user) {
        String compute = placement.of(workspace, request.loaded().job());
        PreparedRun run = prepare(workspace, request, compute);
        Assembly assembly = assemblies.apply(workspace);
        return enter(
                new JobKey(workspace, run.name()), run, compute, user, () -> assembly.open(run));
    }

    /** Submits a job that does what another has failed to do; false when it is there. */
    boolean retry(String workspace, RetryOrder order, String user) {
        Assembly assembly = assemblies.apply(workspace);
        PreparedRun run = assembly.prepare(order);
        String compute = placement.of(workspace, run.request().loaded().job());
        JobKey key = new JobKey(workspace, run.name());
        return enter(key, run, compute, user, () -> assembly.open(run, order));
    }

    private boolean enter(
            JobKey key,
            PreparedRun run,
            String compute,
            String user,
            Supplier<JobSession> opening) {
        ReentrantLock lock = locks.get(Math.floorMod(key.hashCode(), STRIPES));
        lock.lock();
        try {
            if (register.find(key).isPresent()) {
                assemblies.apply(key.workspace()).checkSame(run);
                return false;
            }
            JobDemand demand = Need.demand(run);
            rooms.checkFits(new Need(key, user, compute, demand));
            rooms.checkRoom();
            register.hold(key, run.uploads());
            RegisteredJob job;
            try (JobSession session = opening.get()) {
                job =
                        RegisteredJob.submitted(
                                key, texts(run), compute, user, session.row().submittedAt());
                register.add(job, demand);
            }
            rooms.enter(Need.of(job, demand));
            meters.submitted();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Checks everything that a submit would check; changes nothing. */
    PreparedRun check(String workspace, RunRequest request, String user) {
        String compute = placement.of(workspace, request.loaded().job());
        PreparedRun run = prepare(workspace, request, compute);
        JobKey key = new JobKey(workspace, request.name());
        rooms.checkFits(new Need(key, user, compute, Need.demand(run)));
        return run;
    }

    private PreparedRun prepare(String workspace, RunRequest request, String compute) {
        Optional<String> cluster =
                Optional.of(compute).filter(name -> !name.equals(ComputeName.LOCAL));
        return assemblies
                .apply(workspace)
                .prepare(request.placed(datastores.of(workspace, request.loaded().job()), cluster));
    }

    private static JobTexts texts(PreparedRun run) {
        JobLabels labels = run.request().loaded().job().labels();
        return new JobTexts(
                labels.displayName(),
                labels.description(),
                labels.experimentName(),
                labels.tags(),
                labels.properties());
    }
}
