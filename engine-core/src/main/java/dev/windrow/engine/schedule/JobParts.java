package dev.windrow.engine.schedule;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobState;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.job.JobVerdict;
import dev.windrow.engine.minibatch.MiniBatchMachine;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerReader;
import dev.windrow.engine.tally.Counts;
import dev.windrow.engine.tally.Tally;
import dev.windrow.engine.tally.Thresholds.Breach;
import dev.windrow.model.Counted;
import dev.windrow.model.PlanLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The desks of one job, wired and loaded from its ledger. Owned by the job's loop. */
final class JobParts {

    private static final long FIRST_EPOCH = 1;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final Duration ABORT_MAX = Duration.ofSeconds(15);
    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(45);

    final String job;
    final long epoch;
    final JobPolicy policy;
    final JobStatus storedStatus;
    final Optional<JobReason> storedReason;
    final Journal journal;
    final Roster roster;
    final PlannedChunks plan = new PlannedChunks(PlanLimits.MINI_BATCHES_MAX);
    final Tally tally;
    final LeaseDesk leaseDesk;
    final PlanDesk planDesk;
    final ResultDesk resultDesk;
    final PublishDesk publishDesk;
    final AgentDesk agentDesk;
    final StartGuard startGuard;
    final ProgressGuard progressGuard;
    final FleetKeeper fleet;
    final FleetWait wait = new FleetWait();
    final PhaseClock phases;
    private Instant askedToEndAt = Instant.EPOCH;

    private JobParts(JobStore store, JobRow row, JobPolicy policy, Compute compute, Instant now) {
        this.job = row.name();
        this.epoch = row.epoch();
        this.policy = policy;
        this.storedStatus = row.status();
        this.storedReason = row.reason();
        roster = new Roster(now);
        journal = new Journal(job, epoch, store);
        tally = new Tally(policy.thresholds());
        MiniBatchMachine machine =
                new MiniBatchMachine(policy.maxRetries(), MiniBatchMachine.LOSSES_MAX);
        leaseDesk = new LeaseDesk(epoch, machine, plan, journal);
        planDesk = new PlanDesk(plan, leaseDesk, tally, journal);
        resultDesk = new ResultDesk(leaseDesk, plan, tally, journal);
        publishDesk = new PublishDesk(job, store, leaseDesk, journal);
        startGuard = new StartGuard(policy, now);
        progressGuard = new ProgressGuard(policy);
        fleet = new FleetKeeper(compute, job, new ComputeRequest(job, epoch, policy.instances()));
        phases = new PhaseClock(now);
        agentDesk = new AgentDesk(roster, leaseDesk, journal, policy.workersPerInstance(), now);
        observe();
    }

    /** What there is of the fleet; the first time that this is all, it says who is waited for. */
    final FleetSnapshot observe() {
        boolean known = fleet.isKnown();
        FleetSnapshot seen = fleet.observe();
        if (known && !agentDesk.knowsWhom()) {
            // What was lost under an earlier engine was counted there.
            seen.gone().stream()
                    .filter(agent -> roster.find(agent).isEmpty())
                    .forEach(roster::remove);
            // Before the first engine nobody can have been given anything.
            Set<Integer> away = new TreeSet<>(epoch > FIRST_EPOCH ? seen.known() : Set.of());
            away.removeIf(agent -> roster.find(agent).isPresent() || roster.isGone(agent));
            agentDesk.await(away);
        }
        return seen;
    }

    static JobParts load(
            JobStore store, String job, JobPolicy policy, Compute compute, Instant now) {
        store.takeOver(job);
        JobRow row =
                store.find(job)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.JOB_NOT_FOUND,
                                        "job: %s (expected: a submitted job)".formatted(job)));
        JobParts parts = new JobParts(store, row, policy, compute, now);
        store.read(job, parts.new Loader());
        if (row.planComplete()) {
            parts.planDesk.restoreComplete();
        }
        parts.leaseDesk.restoreMark(row.leasedBelow());
        if (parts.plan.chunks() > 0) {
            parts.progressGuard.plannedBefore();
        }
        return parts;
    }

    /** Where a loop starts that takes over a job of the stored status. */
    JobState openingState() {
        return switch (storedStatus) {
            case NOT_STARTED, STARTING -> new JobState.Starting();
            case PROVISIONING -> new JobState.Provisioning();
            case PREPARING -> new JobState.Preparing();
            case QUEUED -> new JobState.Queued();
            case RUNNING -> new JobState.Running();
            // A success is found out again from the ledger, together with its counts.
            case FINALIZING ->
                    storedReason
                            .<JobState>map(
                                    why -> new JobState.Stopping(new JobVerdict.Failure(why)))
                            .orElseGet(JobState.Running::new);
            case NOT_RESPONDING -> new JobState.Silent();
            case CANCEL_REQUESTED ->
                    new JobState.Stopping(
                            new JobVerdict.Cancel(
                                    storedReason.orElseGet(() -> JobLoop.canceledBy("user"))));
            case COMPLETED -> new JobState.Ended(new JobVerdict.Success());
            case FAILED, CANCELED ->
                    new JobState.Ended(
                            new JobVerdict.Failure(
                                    new JobReason(ErrorCode.JOB_CONFLICT, "ended before")));
        };
    }

    private final class Loader implements LedgerReader {
        @Override
        public void chunk(int sequence, int first, int[] itemCounts, byte[] cursor) {
            planDesk.restore(itemCounts, cursor);
        }

        @Override
        public void result(ResultStored row) {
            resultDesk.restore(row);
        }

        @Override
        public void attempt(AttemptStored row) {
            resultDesk.restore(row);
        }
    }

    /** The limit that is exceeded now, as a reason. */
    Optional<JobReason> breach() {
        Counts counts = tally.counts();
        return policy.thresholds().exceededBy(counts).map(this::reasonOf);
    }

    private JobReason reasonOf(Breach breach) {
        return switch (breach.limit()) {
            case ITEMS ->
                    new JobReason(
                            ErrorCode.ITEM_THRESHOLD_EXCEEDED,
                            "error_threshold: %s (expected: <= %d)"
                                    .formatted(
                                            Counted.of(
                                                    breach.actual(), "failed item", "failed items"),
                                            breach.allowed()),
                            resultDesk.firstCause());
            case MINI_BATCHES ->
                    new JobReason(
                            ErrorCode.MINI_BATCH_THRESHOLD_EXCEEDED,
                            "mini_batch_error_threshold: %s (expected: <= %d)"
                                    .formatted(
                                            Counted.of(
                                                    breach.actual(),
                                                    "failed mini-batch",
                                                    "failed mini-batches"),
                                            breach.allowed()),
                            resultDesk.firstCause());
            case PERCENT ->
                    new JobReason(
                            ErrorCode.PERCENT_THRESHOLD_EXCEEDED,
                            "allowed_failed_percent: %s failed (expected: <= %d %%)"
                                    .formatted(
                                            Counted.part(
                                                    breach.actual(),
                                                    tally.counts().miniBatches(),
                                                    "mini-batch",
                                                    "mini-batches"),
                                            breach.allowed()),
                            resultDesk.firstCause());
        };
    }

    /** What is wrong with a job of which everything has ended and no limit was exceeded. */
    Optional<JobReason> conclusionOfAll() {
        if (!policy.appends() || tally.counts().returnedRows() > 0) {
            return Optional.empty();
        }
        return Optional.of(
                new JobReason(
                        ErrorCode.NO_RESULT_TO_APPEND,
                        "append_row_to: no succeeded item to append (expected: at least one row"
                                + " returned)",
                        resultDesk.firstCause()));
    }

    void endWorkers(boolean abort) {
        for (AgentSeat seat : roster.all()) {
            AgentPort port = seat.port;
            journal.then(() -> port.endWorkers(abort));
        }
    }

    /** Repeats the order, and stops waiting for those who never answer. */
    void endWorkersAgain(boolean abort, Instant since, Instant now) {
        if (now.isAfter(askedToEndAt.plus(ASK_AGAIN))) {
            askedToEndAt = now;
            endWorkers(abort);
        }
        if (now.isAfter(since.plus(abort ? ABORT_MAX : SHUTDOWN_MAX))) {
            roster.all().forEach(seat -> seat.workersEnded = true);
            agentDesk.awaitNoMore();
        }
    }

    /** Who is silent is not waited for: its work was given to others, and what it says refused. */
    boolean workersEnded() {
        return agentDesk.awaitsNone()
                && roster.all().stream().allMatch(seat -> seat.workersEnded || seat.silent);
    }

    /** The fleet of an ended job goes away. */
    void release(boolean completed) {
        for (AgentSeat seat : roster.all()) {
            seat.port.bye(completed);
        }
        fleet.release();
    }
}
