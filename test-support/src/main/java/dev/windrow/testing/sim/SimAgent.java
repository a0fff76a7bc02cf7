package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.worker.core.AgentCore;
import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.core.WorkerEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One agent's process on one machine, driven by the simulation instead of by threads. */
final class SimAgent {

    private static final long TICK = 400_000;

    final World world;
    final int number;
    final SimWorkers workers;
    final SimSide side;
    private final AgentCore core;
    private final Deque<Runnable> frozenInbox = new ArrayDeque<>();
    private @Nullable SimConnection connection;
    private boolean alive = true;
    private boolean frozen;
    private boolean settling;
    private long partitionedUntil;

    SimAgent(World world, int number, boolean works) {
        this.world = world;
        this.number = number;
        this.workers = new SimWorkers(this);
        this.side = new SimSide(this);
        this.core =
                new AgentCore(
                        new AgentSettings(
                                number,
                                works ? world.scenario.policy().workersPerInstance() : 0,
                                world.scenario.attemptLimit(),
                                0),
                        this::send,
                        workers,
                        world.segments::flush,
                        side,
                        SimNames::decode);
    }

    boolean alive() {
        return alive;
    }

    boolean frozen() {
        return frozen;
    }

    @Nullable SimConnection connection() {
        return connection;
    }

    void boot() {
        world.say(() -> "agent %d boots".formatted(number));
        take(() -> {});
        connect();
        world.agenda.in(TICK, this::tick);
    }

    private void tick() {
        if (alive) {
            if (!frozen) {
                take(() -> core.tick(world.time.instant()));
            }
            world.agenda.in(TICK, this::tick);
        }
    }

    void receive(EngineMessage message) {
        take(() -> core.handle(message, world.time.instant()));
    }

    void hear(WorkerEvent event) {
        take(() -> core.handle(event, world.time.instant()));
    }

    /** Does something on the agent's own thread, or once it runs again. */
    void take(Runnable act) {
        if (!alive) {
            return;
        }
        if (frozen) {
            frozenInbox.add(act);
            return;
        }
        act.run();
        if (!settling) {
            settling = true;
            world.agenda.in(world.dice.skewed(0, 300), this::settle);
        }
    }

    private void settle() {
        settling = false;
        if (!alive) {
            return;
        }
        if (frozen) {
            take(() -> {});
            return;
        }
        core.settle(world.time.instant());
        if (core.finished()) {
            world.say(() -> "agent %d ends".formatted(number));
            die();
        }
    }

    private void connect() {
        if (!alive || (connection != null && connection.open())) {
            return;
        }
        if (frozen || !world.engine.up() || world.time.micros() < partitionedUntil) {
            world.agenda.in(world.dice.skewed(100_000, 2_000_000), this::connect);
            return;
        }
        connection = new SimConnection(world, this);
        world.engine.connected(connection);
        take(() -> core.connected(world.time.instant()));
    }

    void disconnected(SimConnection closed) {
        if (closed == connection) {
            world.agenda.in(world.dice.skewed(1_000, 7_000_000), this::connect);
        }
    }

    void send(AgentMessage message) {
        if (alive && connection != null) {
            connection.toEngine(message);
        }
    }

    /** Stands still for so many microseconds. */
    void freeze(long micros) {
        frozen = true;
        world.agenda.in(micros, this::thaw);
    }

    private void thaw() {
        if (!alive || !frozen) {
            return;
        }
        frozen = false;
        world.say(() -> "agent %d goes on".formatted(number));
        while (!frozenInbox.isEmpty() && !frozen && alive) {
            take(frozenInbox.removeFirst());
        }
    }

    /** Cannot reach the engine for so many microseconds. */
    void partition(long micros) {
        partitionedUntil = world.time.micros() + micros;
        cut();
    }

    void cut() {
        if (connection != null) {
            connection.cut();
        }
    }

    /** The machine loses power. */
    void crash() {
        die();
        world.segments.crash(number);
    }

    /** The process ends, and its workers with it. */
    void die() {
        if (alive) {
            alive = false;
            world.say(() -> "agent %d is dead".formatted(number));
            workers.dieAll();
            side.die();
            cut();
            world.agenda.in(world.dice.skewed(0, 2_000_000), () -> world.compute.ended(number));
        }
    }
}
