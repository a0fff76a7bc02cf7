package dev.windrow.testing.sim;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.AgentPort;
import dev.windrow.engine.schedule.AttemptReport;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.Held;
import dev.windrow.engine.schedule.JobLoop;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.RowRange;
import dev.windrow.engine.tally.Thresholds;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A job loop on a simulated ledger that a test can open again and again. */
final class LoopBench implements Compute {

    static final ErrorText ERROR = new ErrorText("ValueError", "no model", "", "");
    private static final String JOB = "harvest";
    private static final JobPolicy POLICY =
            new JobPolicy(
                    new Thresholds(-1, -1, 100),
                    2,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(600),
                    Duration.ofSeconds(600),
                    1,
                    2,
                    true);

    final ManualTime time = new ManualTime();
    final List<LedgerEntry> entries = new ArrayList<>();
    final SimStore store = new SimStore((_, entry) -> entries.add(entry));
    final Set<Integer> alive = new TreeSet<>(Set.of(0));
    final Set<Integer> gone = new TreeSet<>();
    final Set<Integer> joined = new TreeSet<>();
    final List<String> said = new ArrayList<>();
    FleetStage stage = FleetStage.QUEUED;
    String waits = "";
    Optional<JobReason> trouble = Optional.empty();
    boolean knows = true;
    boolean released;
    JobLoop loop;

    LoopBench() {
        store.submit(JobRow.submitted(JOB, "spec", "digest", time.instant()));
        loop = open();
    }

    private JobLoop open() {
        return JobLoop.open(store, JOB, POLICY, this, LoopListener.NONE, time);
    }

    /** The engine dies and starts again. */
    void restart() {
        loop = open();
    }

    void hear(FleetEvent event) {
        loop.handle(event, time.instant());
        loop.commit(time.instant());
    }

    void attach(int agent, int capacity, Held.Span... spans) {
        Held held =
                new Held(
                        List.of(spans),
                        Held.NOTHING.planning(),
                        Held.NOTHING.publishing(),
                        capacity);
        hear(new FleetEvent.AgentAttached(agent, port(agent), held));
    }

    /** Lets time pass; these agents have heart-beats meanwhile. */
    void pass(Duration duration, int capacity, int... agents) {
        for (long left = duration.toSeconds(); left > 0 && !loop.ended(); left--) {
            time.advance(Duration.ofSeconds(1));
            for (int agent : agents) {
                Held held =
                        new Held(
                                List.of(),
                                Held.NOTHING.planning(),
                                Held.NOTHING.publishing(),
                                capacity);
                loop.handle(new FleetEvent.AgentHeard(agent, held), time.instant());
            }
            loop.tick(time.instant());
            loop.commit(time.instant());
        }
    }

    JobStatus status() {
        return store.status(JOB);
    }

    String reason() {
        return loop.progress().reason().map(why -> why.code().name()).orElse("");
    }

    /** Agent 0 plans one mini-batch, under the only token that was given out. */
    void planOne() {
        ChunkPlanned chunk = new ChunkPlanned(0, 0, new int[] {1}, new byte[0], new byte[] {1});
        hear(new FleetEvent.ChunkReady(0, new LeaseToken(loop.epoch(), 1), chunk));
    }

    /** Agent 0 has run the one mini-batch that was planned, and that was all. */
    void endOne() {
        hear(new FleetEvent.PlanEnded(0, new LeaseToken(loop.epoch(), 1), 1));
        LeaseToken lease = new LeaseToken(loop.epoch(), 2);
        AttemptFacts facts = new AttemptFacts(lease, 0, 0, 1, 1, 1);
        RowRange rows = new RowRange("segment", 0, 2, 0);
        hear(
                new FleetEvent.AttemptsEnded(
                        0, List.of(new AttemptReport.Returned(0, facts, 1, rows))));
    }

    private AgentPort port(int agent) {
        return (AgentPort)
                Proxy.newProxyInstance(
                        AgentPort.class.getClassLoader(),
                        new Class<?>[] {AgentPort.class},
                        (_, method, _) -> {
                            said.add(method.getName() + " to " + agent);
                            return null;
                        });
    }

    @Override
    public void scaleTo(String fleet, ComputeRequest request) {
        said.add("scale to %d, %s".formatted(request.instances(), request.workers()));
    }

    @Override
    public void unheard(String fleet, Set<Integer> instances) {
        said.add("unheard " + new TreeSet<>(instances));
    }

    @Override
    public FleetSnapshot observe(String fleet) {
        return new FleetSnapshot(alive, gone, joined, stage, waits, trouble);
    }

    @Override
    public boolean knowsItsInstances() {
        return knows;
    }

    @Override
    public void release(String fleet) {
        released = true;
    }
}
