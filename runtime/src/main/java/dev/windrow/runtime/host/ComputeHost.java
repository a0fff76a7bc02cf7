package dev.windrow.runtime.host;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ComputeName;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.compute.Clusters;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.Machine;
import dev.windrow.runtime.compute.QuotaFinding;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeOperation;
import dev.windrow.store.register.ComputeRegister;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.ProvisioningState;
import dev.windrow.store.register.RegisteredCompute;
import dev.windrow.store.register.RegisteredCompute.ComputeTexts;
import dev.windrow.store.register.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The computes of one server: this machine, and clusters that are attached and detached. Safe for
 * use by several threads; calls block on the disk, and only {@link #status} and {@link #quota} wait
 * for a cluster, for some seconds at most.
 *
 * <p>A compute whose name is not there is refused with {@code COMPUTE_NOT_FOUND}.
 */
public final class ComputeHost implements AutoCloseable {

    /** The kind of a cluster. */
    public static final String KUBERNETES = "kubernetes";

    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String LOCAL = ComputeName.LOCAL;
    private static final int JOBS_MOST = 20_000;

    private final ComputeRegister register;
    private final ComputeJobs jobs;
    private final HostLimits limits;
    private final InstantSource clock;
    private final AttachedClusters clusters;
    private final ComputeOperations operations;
    private final ClusterLooks looks;
    private final ReentrantLock changing = new ReentrantLock();
    private final Instant began;

    /**
     * @param limit of one operation
     */
    ComputeHost(
            ComputeRegister register,
            AttachedClusters clusters,
            ComputeJobs jobs,
            HostLimits limits,
            Duration limit,
            InstantSource clock) {
        this.register = register;
        this.jobs = jobs;
        this.limits = limits;
        this.clock = clock;
        this.began = clock.instant();
        this.clusters = clusters;
        this.operations = new ComputeOperations(register, clusters, jobs, limit, clock);
        this.looks = new ClusterLooks(clusters, clock);
    }

    /** Takes up the operations that had not ended when the server did. */
    void takeUp() {
        clusters.secrets().forgetBut(key -> register.find(key).isPresent());
        operations.takeUp();
    }

    /**
     * What became of an attach.
     *
     * @param operation that goes on; empty when there was nothing to do
     */
    public record Attached(ComputeView compute, boolean made, Optional<String> operation) {}

    /** One compute. */
    public ComputeView find(ComputeKey key) {
        return ComputeView.of(known(key));
    }

    /** This machine is in every workspace, whether the register has labels for it or not. */
    private RegisteredCompute known(ComputeKey key) {
        Optional<RegisteredCompute> found = register.find(key);
        if (found.isEmpty() && key.name().equals(LOCAL)) {
            return local(key);
        }
        return found.orElseThrow(() -> notFound(key));
    }

    private RegisteredCompute local(ComputeKey key) {
        return new RegisteredCompute(
                key,
                LOCAL,
                "{}",
                Optional.empty(),
                ComputeTexts.NONE,
                ProvisioningState.SUCCEEDED,
                Optional.empty(),
                Optional.empty(),
                Trace.made(began, "windrow"));
    }

    /** Computes in the order of their names, this machine among them. */
    public List<ComputeView> list(String workspace, String after, int max) {
        List<RegisteredCompute> found = new ArrayList<>(register.list(workspace, after, max));
        boolean labeled = found.stream().anyMatch(one -> one.key().name().equals(LOCAL));
        if (!labeled && LOCAL.compareTo(after) > 0) {
            found.add(known(new ComputeKey(workspace, LOCAL)));
            found.sort(java.util.Comparator.comparing(one -> one.key().name()));
        }
        return found.stream().limit(max).map(ComputeView::of).toList();
    }

    /**
     * Attaches a cluster, or attaches it anew with something else; the same again changes at most
     * labels. When this returns the wish is durable; whether it comes true, the operation tells.
     *
     * @throws HostRefusal NO_CLUSTER_RUNNER when nothing here speaks to clusters, COMPUTE_BUSY
     *     while another operation goes on, TOO_MANY_OPERATIONS, NO_CREDENTIALS
     */
    public Attached attach(ComputeKey key, AttachDocument wanted, String user) {
        if (ComputeName.isReserved(key.name())) {
            throw new HostRefusal(
                    Because.CONFLICT,
                    "COMPUTE_NAME_RESERVED",
                    "name: %s (expected: another; this one is reserved)".formatted(key.name()));
        }
        operations.checkProvider(KUBERNETES);
        changing.lock();
        try {
            clusters.checkCredentials(key, wanted);
            Optional<RegisteredCompute> known = register.find(key);
            return known.isPresent()
                    ? attachAgain(known.get(), wanted, user)
                    : attachNew(key, wanted, user);
        } finally {
            changing.unlock();
        }
    }

    private Attached attachNew(ComputeKey key, AttachDocument wanted, String user) {
        Trace trace = Trace.made(clock.instant(), user);
        RegisteredCompute fresh =
                new RegisteredCompute(
                        key,
                        KUBERNETES,
                        AttachmentText.of(wanted.attachment()),
                        Optional.empty(),
                        texts(wanted),
                        ProvisioningState.CREATING,
                        Optional.empty(),
                        Optional.empty(),
                        trace);
        return begin(fresh, wanted, ProvisioningState.CREATING, true);
    }

    private Attached attachAgain(RegisteredCompute known, AttachDocument wanted, String user) {
        Attachment before = AttachmentText.attachment(known.spec());
        boolean same =
                before.equals(wanted.attachment())
                        && clusters.secrets().hasAny(known.key(), wanted.credentials());
        Trace trace = known.trace().changed(clock.instant(), user);
        boolean deleting = known.state() == ProvisioningState.DELETING;
        if (known.state().passing() && (!same || deleting)) {
            throw busy(known);
        }
        if (same && known.state() != ProvisioningState.FAILED) {
            boolean labels = !known.texts().equals(texts(wanted));
            RegisteredCompute now = labels ? known.withTexts(texts(wanted), trace) : known;
            if (labels) {
                register.put(now);
            }
            Optional<String> goesOn = now.operation().filter(_ -> now.state().passing());
            return new Attached(ComputeView.of(now), false, goesOn);
        }
        boolean worked = known.findings().isPresent();
        RegisteredCompute changed =
                known.withSpec(AttachmentText.of(wanted.attachment()))
                        .withTexts(texts(wanted), trace);
        return begin(
                changed,
                wanted,
                worked ? ProvisioningState.UPDATING : ProvisioningState.CREATING,
                false);
    }

    private static ComputeTexts texts(AttachDocument wanted) {
        return new ComputeTexts(wanted.description(), wanted.tags());
    }

    private Attached begin(
            RegisteredCompute compute, AttachDocument wanted, ProvisioningState to, boolean made) {
        operations.checkRoom();
        clusters.keepCredentials(compute.key(), wanted);
        String id = UUID.randomUUID().toString();
        RegisteredCompute passing = compute.passing(to, id, compute.trace());
        ComputeOperation operation =
                ComputeOperation.begun(
                        compute.key(), id, ComputeOperation.Kind.ATTACH, false, compute.trace());
        register.begin(passing, operation);
        operations.begin(operation);
        return new Attached(ComputeView.of(passing), made, Optional.of(id));
    }

    /** Changes labels. */
    public ComputeView update(ComputeKey key, UnaryOperator<ComputeTexts> change, String user) {
        changing.lock();
        try {
            RegisteredCompute known = known(key);
            Trace trace = known.trace().changed(clock.instant(), user);
            RegisteredCompute changed = known.withTexts(change.apply(known.texts()), trace);
            register.put(changed);
            return ComputeView.of(changed);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes a cluster away; nothing of ours stays in it, and nothing else is touched.
     *
     * @param force cancels jobs on it, and lets go of a cluster that cannot be cleaned
     * @return the operation
     * @throws HostRefusal COMPUTE_IN_USE while jobs are on it and force is not given;
     *     NOT_DETACHABLE for this machine
     */
    public ComputeOperation detach(ComputeKey key, boolean force, String user) {
        if (key.name().equals(LOCAL)) {
            throw new HostRefusal(
                    Because.CONFLICT,
                    "NOT_DETACHABLE",
                    "name: local (expected: an attached compute; the server's own machine stays)");
        }
        changing.lock();
        try {
            RegisteredCompute known = register.find(key).orElseThrow(() -> notFound(key));
            if (known.state() == ProvisioningState.DELETING) {
                return operation(key.workspace(), known.operation().orElse(""));
            }
            if (known.state().passing() && !force) {
                throw busy(known);
            }
            checkUnused(key, force);
            if (known.findings().isPresent() && !force) {
                operations.checkProvider(known.kind());
            }
            operations.checkRoom();
            Trace trace = known.trace().changed(clock.instant(), user);
            String id = UUID.randomUUID().toString();
            ComputeOperation operation =
                    ComputeOperation.begun(key, id, ComputeOperation.Kind.DETACH, force, trace);
            known.operation().ifPresent(before -> operations.giveUp(key.workspace(), before));
            register.begin(known.passing(ProvisioningState.DELETING, id, trace), operation);
            operations.begin(operation);
            return operation;
        } finally {
            changing.unlock();
        }
    }

    private void checkUnused(ComputeKey key, boolean force) {
        List<String> names = register.jobs(key, 4);
        if (!force && !names.isEmpty()) {
            String more = names.size() > 3 ? " and more" : "";
            throw new HostRefusal(
                    Because.CONFLICT,
                    "COMPUTE_IN_USE",
                    "compute: %s has jobs: %s%s (expected: none, or force, which cancels them)"
                            .formatted(
                                    key.name(),
                                    String.join(", ", names.subList(0, Math.min(3, names.size()))),
                                    more));
        }
    }

    /** Refuses to do more than take a compute away. */
    public HostRefusal delete(ComputeKey key) {
        known(key);
        String instead =
                key.name().equals(LOCAL)
                        ? "nothing; the server's own machine stays"
                        : "detach; a cluster is never deleted from here: windrow compute detach "
                                + key.name();
        return new HostRefusal(
                Because.NEVER,
                "DELETE_NOT_SUPPORTED",
                "delete: %s (expected: %s)".formatted(key.name(), instead));
    }

    /** An operation. */
    public ComputeOperation operation(String workspace, String id) {
        return register.operation(workspace, id)
                .orElseThrow(() ->
                        new HostRefusal(
                                Because.NOT_FOUND,
                                "OPERATION_NOT_FOUND",
                                "operation: %s (expected: one of the last 1000 of workspace %s)"
                                        .formatted(id, workspace)));
    }

    /**
     * Where jobs of a compute run; empty for this machine, and where nothing runs jobs.
     *
     * @throws HostRefusal COMPUTE_NOT_FOUND
     */
    Optional<Clusters.Place> place(ComputeKey key) {
        if (key.name().equals(LOCAL)) {
            return Optional.empty();
        }
        RegisteredCompute compute = known(key);
        return clusters.runner(compute.kind())
                .map(runner -> new Clusters.Place(clusters.target(compute), runner));
    }

    /** How a compute is; looks at this machine, or at the cluster for some seconds at most. */
    public ComputeStatus status(ComputeKey key) {
        ComputeView compute = find(key);
        Optional<Machine> machine =
                key.name().equals(LOCAL) ? Optional.of(Assembly.machine()) : Optional.empty();
        List<HealthFinding> health =
                machine.map(Machine::health)
                        .or(() -> looks.of(compute).map(found -> found.health()))
                        .orElse(List.of());
        List<String> names = register.jobs(key, JOBS_MOST);
        List<String> running = names.stream().filter(name -> !jobs.waits(job(key, name))).toList();
        return new ComputeStatus(compute, machine, health, running, names.size() - running.size());
    }

    /** What is used of a compute, and what the limits are. */
    public List<QuotaFinding> quota(ComputeKey key) {
        ComputeView compute = find(key);
        List<String> names = register.jobs(key, JOBS_MOST);
        long waiting = names.stream().filter(name -> jobs.waits(job(key, name))).count();
        int instances = names.stream().mapToInt(name -> jobs.instances(job(key, name))).sum();
        boolean here = key.name().equals(LOCAL);
        List<QuotaFinding> quota = new ArrayList<>();
        quota.add(used("running_jobs", names.size() - waiting, here, limits.runningJobs()));
        quota.add(used("waiting_jobs", waiting, here, limits.waitingJobs()));
        quota.add(used("instances", instances, false, 0));
        looks.of(compute).ifPresent(found -> quota.addAll(found.quota()));
        return quota;
    }

    private static QuotaFinding used(String name, long used, boolean limited, int limit) {
        return new QuotaFinding(
                name,
                Long.toString(used),
                limited ? Optional.of(Integer.toString(limit)) : Optional.empty());
    }

    private static JobKey job(ComputeKey key, String name) {
        return new JobKey(key.workspace(), name);
    }

    private static HostRefusal busy(RegisteredCompute known) {
        return new HostRefusal(
                Because.CONFLICT,
                "COMPUTE_BUSY",
                "compute: %s is %s (expected: Succeeded or Failed; its operation goes on)"
                        .formatted(known.key().name(), known.state().text()));
    }

    static HostRefusal notFound(ComputeKey key) {
        return new HostRefusal(
                Because.NOT_FOUND,
                "COMPUTE_NOT_FOUND",
                "compute: %s (expected: a compute of workspace %s)"
                        .formatted(key.name(), key.workspace()));
    }

    /** Leaves what goes on to the next server. */
    @Override
    public void close() {
        looks.close();
        operations.close();
    }
}
