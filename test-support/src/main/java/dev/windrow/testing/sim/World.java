package dev.windrow.testing.sim;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.LedgerEntry;
import java.util.function.BiConsumer;

/** Everything one simulation consists of. */
final class World {

    static final String JOB = "harvest";

    final Scenario scenario;
    final ManualTime time = new ManualTime();
    final Agenda agenda = new Agenda(time);
    final Dice dice;
    final Trace trace;
    final Coverage coverage = new Coverage();
    final SimSegments segments = new SimSegments();
    final SimTarget target = new SimTarget();
    final SimStore store;
    final SimNetwork network;
    final SimCompute compute;
    final SimEngine engine;
    final Witness witness;

    World(Scenario scenario, Dice dice, boolean tracing, GatewayFactory gateways, Mutation bug) {
        this.scenario = scenario;
        this.dice = dice;
        this.trace = new Trace(time, tracing);
        this.witness = new Witness(this);
        BiConsumer<Long, LedgerEntry> durable = (epoch, entry) -> witness.durable(epoch, entry);
        this.store = new SimStore(durable);
        this.network = new SimNetwork(this);
        this.compute = new SimCompute(this);
        this.engine = new SimEngine(this, gateways, bug);
        store.submit(JobRow.submitted(JOB, "spec", "digest", time.instant()));
    }

    void say(java.util.function.Supplier<String> line) {
        trace.say(line);
    }

    /** Where the job stands, by its ledger. */
    Phase phase() {
        JobStatus status = store.status(JOB);
        return switch (status) {
            case COMPLETED, FAILED, CANCELED -> Phase.AFTER;
            case FINALIZING, CANCEL_REQUESTED -> Phase.FINALIZE;
            case NOT_STARTED, STARTING, PROVISIONING, PREPARING, QUEUED, RUNNING, NOT_RESPONDING ->
                    witness.ledger().planComplete() ? Phase.PROCESS : Phase.PLAN;
        };
    }

    /** Notes that a fault has struck, now. */
    void struck(FaultKind kind) {
        Phase phase = phase();
        coverage.struck(kind, phase);
        say(() -> "FAULT " + kind + " in " + phase);
    }
}
