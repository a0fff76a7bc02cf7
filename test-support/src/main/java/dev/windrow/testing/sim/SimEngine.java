package dev.windrow.testing.sim;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.JobLoop;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine's process: one job loop and its connections, which may die at any instant. */
final class SimEngine {

    private static final long TICK = 400_000;
    private static final int NEVER = -1;

    private final World world;
    private final GatewayFactory gateways;
    private final Mutation bug;
    private final Map<Integer, Seat> seats = new TreeMap<>();
    private @Nullable JobLoop loop;
    private boolean committing;
    private int life;
    private int actsLeft = NEVER;
    private int initFailures;

    private record Seat(SimConnection connection, GatewayFactory.Gateway gateway) {}

    SimEngine(World world, GatewayFactory gateways, Mutation bug) {
        this.world = world;
        this.gateways = gateways;
        this.bug = bug;
    }

    boolean up() {
        return loop != null;
    }

    /** True when the job has ended and everything about it is done. */
    boolean done() {
        return loop != null && loop.ended() && loop.waiting() == 0 && !committing;
    }

    void failInits(int count) {
        initFailures = count;
    }

    boolean takeInitFailure() {
        return initFailures > 0 && initFailures-- > 0;
    }

    /** The process starts and takes the job over. */
    void start() {
        if (loop != null) {
            return;
        }
        int its = ++life;
        world.compute.engineStarts();
        guarded(() -> {
            JobLoop opened =
                    JobLoop.open(
                            bug.store(world.store),
                            World.JOB,
                            bug.policy(world.scenario.policy()),
                            world.compute,
                            LoopListener.NONE,
                            world.time);
            loop = opened;
            world.say(() -> "engine starts, epoch " + opened.epoch());
            world.witness.opened(opened);
            requestCommit();
        });
        world.agenda.in(TICK, () -> tick(its));
    }

    private void tick(int its) {
        if (its == life && loop != null && !loop.ended()) {
            guarded(() -> loop().tick(world.time.instant()));
            requestCommit();
            world.agenda.in(TICK, () -> tick(its));
        }
    }

    void connected(SimConnection connection) {
        int its = life;
        GatewayFactory.Gateway gateway =
                gateways.open(
                        World.JOB,
                        loop().epoch(),
                        connection.agent.number,
                        world.store,
                        message -> say(its, connection, message));
        seats.put(connection.agent.number, new Seat(connection, gateway));
    }

    private void say(int its, SimConnection connection, EngineMessage message) {
        if (its != life) {
            return;
        }
        if (actsLeft != NEVER && actsLeft-- == 0) {
            actsLeft = NEVER;
            world.struck(FaultKind.ENGINE_DIES_WHILE_ACTING);
            throw new SimCrash("while acting");
        }
        EngineMessage said = bug.said(connection.agent.number, message);
        world.witness.said(connection.agent.number, said);
        connection.toAgent(said);
    }

    /** A message arrives; those of a connection that is not the agent's present one are dropped. */
    void receive(SimConnection connection, AgentMessage message) {
        Seat seat = seats.get(connection.agent.number);
        if (loop == null || seat == null || seat.connection() != connection) {
            return;
        }
        guarded(() -> {
            world.witness.heard(connection.agent.number, message);
            seat.gateway().accept(message).ifPresent(this::handle);
        });
    }

    void closed(SimConnection connection) {
        Seat seat = seats.get(connection.agent.number);
        if (loop != null && seat != null && seat.connection() == connection) {
            seats.remove(connection.agent.number);
            guarded(() -> handle(seat.gateway().closed()));
        }
    }

    /** Tells the loop. */
    void handle(FleetEvent event) {
        loop().handle(bug.heard(event), world.time.instant());
        requestCommit();
    }

    private void requestCommit() {
        if (!committing && loop != null) {
            committing = true;
            int its = life;
            world.agenda.in(world.dice.skewed(0, 3_000), () -> commit(its));
        }
    }

    private void commit(int its) {
        if (its != life || loop == null) {
            return;
        }
        committing = false;
        guarded(() -> {
            loop().commit(world.time.instant());
            world.witness.committed(loop());
            if (loop().ended()) {
                world.compute.release(World.JOB);
            }
        });
    }

    /** Runs a part of the engine; a crash in it ends the process, a ledger that fails the loop. */
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (SimCrash crash) {
            world.say(() -> "engine dies " + crash.getMessage());
            die(false);
        } catch (EngineException fault) {
            world.say(() -> "engine gives up: " + fault.getMessage());
            die(false);
        }
    }

    /** The next message that is said is the last, or the one after so many more. */
    void dieWhileActing(int acts) {
        actsLeft = acts;
    }

    /** True while something is decided and not yet durable. */
    boolean undecided() {
        return loop != null && loop.waiting() > 0;
    }

    /**
     * The process dies, and starts again after a while.
     *
     * @param power true when the whole machine does
     */
    void die(boolean power) {
        loop = null;
        committing = false;
        actsLeft = NEVER;
        world.store.crash(!power || world.dice.chance(0.5));
        for (Seat seat : List.copyOf(seats.values())) {
            seat.connection().cut();
        }
        seats.clear();
        long pause =
                world.dice.chance(0.1)
                        ? world.dice.skewed(5_000_000, 90_000_000)
                        : world.dice.skewed(20_000, 4_000_000);
        world.agenda.in(pause, this::start);
    }

    /** The process stands still; another one takes over before it goes on. */
    void standStill() {
        JobLoop old = loop();
        die(false);
        world.agenda.in(6_000_000, () -> goOn(old, 20));
    }

    /** What the old process decided and did not commit must come to nothing. */
    private void goOn(JobLoop old, int tries) {
        if (loop == null || loop.epoch() <= old.epoch()) {
            if (tries > 0) {
                world.agenda.in(6_000_000, () -> goOn(old, tries - 1));
            }
            return;
        }
        old.tick(world.time.instant());
        boolean decided = old.waiting() > 0;
        try {
            old.commit(world.time.instant());
            Broken.unless(!decided, () -> "epoch %d: not fenced".formatted(old.epoch()));
        } catch (EngineException fenced) {
            Broken.unless(
                    fenced.code() == ErrorCode.LEDGER_FENCED, () -> "fenced by " + fenced.code());
        }
    }

    private JobLoop loop() {
        JobLoop now = loop;
        if (now == null) {
            throw new SimCrash("not running");
        }
        return now;
    }
}
