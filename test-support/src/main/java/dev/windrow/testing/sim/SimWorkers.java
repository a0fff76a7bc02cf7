package dev.windrow.testing.sim;

import dev.windrow.protocol.Cause;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Timing;
import dev.windrow.testing.sim.SimScript.Ending;
import dev.windrow.worker.core.Work;
import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.core.WorkerPort;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The worker processes of one agent, which do what the script says. */
final class SimWorkers implements WorkerPort {

    private final SimAgent agent;
    private final World world;
    private final Dice dice;
    private final Map<Integer, SimWorker> workers = new TreeMap<>();
    private final Set<Integer> dead = new HashSet<>();

    SimWorkers(SimAgent agent) {
        this.agent = agent;
        this.world = agent.world;
        this.dice = world.dice;
    }

    @Override
    public void start(int number, int slot) {
        SimWorker worker = new SimWorker(number, "a%d-w%d".formatted(agent.number, number));
        workers.put(number, worker);
        boolean fails = world.engine.takeInitFailure();
        if (fails) {
            world.struck(FaultKind.INIT_FAILS);
        }
        boolean dies = fails && dice.chance(0.5);
        world.agenda.in(dice.skewed(20_000, 1_500_000), () -> initEnds(worker, fails, dies));
    }

    private void initEnds(SimWorker worker, boolean fails, boolean dies) {
        if (!worker.alive) {
            return;
        }
        if (!fails) {
            worker.ready = true;
            agent.hear(new WorkerEvent.Ready(worker.number));
            if (worker.shuttingDown) {
                exit(worker, "exit status 0");
            }
            return;
        }
        if (!dies) {
            Problem problem = new Problem("ValueError", "no model", "", "entry.py:3: init");
            agent.hear(new WorkerEvent.InitFailed(worker.number, problem));
        }
        exit(worker, dies ? "killed by signal 11" : "exit status 4");
    }

    @Override
    public void send(int number, Work work) {
        world.witness.workSent(agent.number, work);
        SimWorker worker = workers.get(number);
        if (worker != null) {
            worker.inbox.addLast(work);
            runNext(worker);
        } else if (dead.remove(number)) {
            // Sent before the agent could know: to the agent this was the one that ran.
            world.witness.attempts().failed(work);
        }
    }

    private void runNext(SimWorker worker) {
        if (worker.running != null || !worker.alive) {
            return;
        }
        Work work = worker.inbox.pollFirst();
        if (work == null) {
            if (worker.shuttingDown && worker.ready) {
                world.agenda.in(dice.skewed(5_000, 800_000), () -> exit(worker, "exit status 0"));
            }
            return;
        }
        worker.running = work;
        Ending ending = world.scenario.script().ending(work.index(), work.attempt());
        long micros = world.scenario.script().duration();
        if (ending != Ending.HANGS) {
            world.agenda.in(micros, () -> ends(worker, work, ending, micros));
        }
    }

    private void ends(SimWorker worker, Work work, Ending ending, long micros) {
        if (!worker.alive) {
            return;
        }
        switch (ending) {
            case RETURNS, RETURNS_LESS, RETURNS_MORE -> returns(worker, work, ending, micros);
            case RAISES -> fails(worker, work, Cause.EXCEPTION, FaultKind.RUN_RAISES, micros);
            case RETURNS_NONE ->
                    fails(worker, work, Cause.BAD_RETURN, FaultKind.RUN_RETURNS_NONE, micros);
            case CANNOT_LOAD ->
                    fails(worker, work, Cause.LOAD_FAILED, FaultKind.CANNOT_LOAD, micros);
            case DIES -> {
                world.struck(FaultKind.WORKER_DIES);
                exit(worker, "killed by signal 11");
            }
            case CRASHES_MACHINE -> {
                world.struck(FaultKind.MACHINE_CRASHES);
                agent.crash();
            }
            case HANGS -> {}
        }
        worker.running = null;
        runNext(worker);
    }

    private void returns(SimWorker worker, Work work, Ending ending, long micros) {
        int returned = world.scenario.script().returned(work.index(), ending);
        String rows = rows(work, returned);
        boolean written = world.scenario.policy().appends() && returned > 0;
        RowSpan span =
                written
                        ? new RowSpan(
                                worker.segment,
                                world.segments.write(agent.number, worker.segment, rows),
                                rows.length(),
                                0)
                        : RowSpan.NONE;
        if (ending == Ending.RETURNS_LESS) {
            world.struck(FaultKind.SHORT_RETURN);
        }
        world.witness.attempts().succeeded(work, returned, written ? rows : "");
        agent.hear(
                new WorkerEvent.Done(
                        worker.number, work.index(), timing(worker, micros), returned, span));
    }

    private static String rows(Work work, int returned) {
        return "%d@%d/%d %s\n"
                .formatted(
                        work.index(),
                        work.token().epoch(),
                        work.token().counter(),
                        "r".repeat(returned));
    }

    private void fails(SimWorker worker, Work work, Cause cause, FaultKind kind, long micros) {
        world.struck(kind);
        world.witness.attempts().failed(work);
        agent.hear(
                new WorkerEvent.Failed(
                        worker.number,
                        work.index(),
                        timing(worker, micros),
                        cause,
                        new Problem("ValueError", "bad item", "", "entry.py:9: run")));
    }

    private Timing timing(SimWorker worker, long micros) {
        return new Timing(worker.number, world.time.micros(), micros * 1_000, micros * 900);
    }

    @Override
    public void shutdown(int number) {
        SimWorker worker = workers.get(number);
        if (worker != null) {
            worker.shuttingDown = true;
            runNext(worker);
        }
    }

    @Override
    public void kill(int number, boolean dumpStack) {
        SimWorker worker = workers.get(number);
        if (worker != null && worker.alive) {
            if (dumpStack) {
                world.struck(FaultKind.RUN_HANGS);
            }
            exit(worker, "killed by signal 9");
        }
    }

    /** Somebody else kills one of the workers. */
    boolean killOne() {
        Optional<SimWorker> victim =
                workers.values().stream().filter(worker -> worker.alive).findFirst();
        victim.ifPresent(worker -> exit(worker, "killed by signal 9"));
        return victim.isPresent();
    }

    /** To the agent the first that is not answered is the one that ran. */
    private void exit(SimWorker worker, String how) {
        if (!worker.alive) {
            return;
        }
        worker.alive = false;
        workers.remove(worker.number);
        Work first = worker.running != null ? worker.running : worker.inbox.peekFirst();
        if (first != null) {
            world.witness.attempts().failed(first);
        } else {
            dead.add(worker.number);
        }
        world.agenda.in(
                dice.skewed(200, 30_000),
                () -> agent.hear(new WorkerEvent.Exited(worker.number, how)));
    }

    /** The agent is gone: its workers see the end of their pipes. */
    void dieAll() {
        workers.values().forEach(worker -> worker.alive = false);
        workers.clear();
    }

    /** How many are up. */
    int count() {
        return workers.size();
    }
}
