package dev.windrow.local;

import dev.windrow.protocol.wire.MessageOutput;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.ExitStatus;
import dev.windrow.worker.process.KnownProcess;
import dev.windrow.worker.remote.AgentCommand;
import dev.windrow.worker.remote.ConfigMessages;
import dev.windrow.worker.remote.StartMessages;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a process that outlives the engine: it finds the server over the network, and the one
 * that comes after it too.
 */
final class ServedInstance implements LocalInstance {

    /** How long an agent may take to end when it was told to. */
    private static final long END_MILLIS = 3_000;

    private static final long LOOK_MILLIS = 10;

    private final int number;
    private final KnownProcess process;
    private final @Nullable Process child;
    private volatile boolean asked;
    private volatile boolean ended;

    private ServedInstance(int number, KnownProcess process, @Nullable Process child) {
        this.number = number;
        this.process = process;
        this.child = child;
    }

    /** One that an earlier engine has started. */
    static ServedInstance adopted(int number, KnownProcess process) {
        return new ServedInstance(number, process, null);
    }

    /**
     * Starts a process that waits to be told what to do, and ends when it is not.
     *
     * @param errors file its output is appended to
     * @throws IOException when there can be no such process
     */
    static ServedInstance start(int number, EngineDoor door, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(AgentCommand.served());
        builder.redirectError(Redirect.appendTo(errors.toFile()));
        builder.redirectOutput(Redirect.appendTo(errors.toFile()));
        Process child = builder.start();
        ServedInstance instance = new ServedInstance(number, KnownProcess.of(child.pid()), child);
        instance.thread("end", () -> instance.watch(child, door));
        return instance;
    }

    /** Tells it what to do; returns at once. */
    void tell(AgentConfig config, Entrance entrance) {
        Optional.ofNullable(child)
                .ifPresent(one -> thread("start", () -> write(one, config, entrance)));
    }

    /** Ends it without a word: it was told nothing yet. */
    void abandon() {
        asked = true;
        process.kill();
    }

    KnownProcess process() {
        return process;
    }

    private void thread(String role, Runnable body) {
        Thread.ofPlatform().daemon().name("instance-%d-%s".formatted(number, role)).start(body);
    }

    private static void write(Process child, AgentConfig config, Entrance entrance) {
        try (var start = new MessageOutput<>(new StartMessages(), child.getOutputStream());
                var rest = new MessageOutput<>(new ConfigMessages(), child.getOutputStream())) {
            start.send(new StartMessages.Start(entrance.url(), entrance.token().get()));
            rest.send(config);
        } catch (IOException _) {
            // It is gone, and whoever waits for its end tells why.
        }
    }

    private void watch(Process child, EngineDoor door) {
        try {
            ExitStatus status = new ExitStatus(child.waitFor());
            if (!asked) {
                door.ended(
                        number,
                        LocalInstance.end(number, process.pid(), status),
                        status.byItself());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ended = true;
    }

    @Override
    public boolean hasEnded() {
        return child == null ? !process.isAlive() : ended;
    }

    /** The engine has said goodbye over its connection. */
    @Override
    public void end() {
        asked = true;
    }

    /** Looks often, because the system tells of the end of a child only. */
    @Override
    public void awaitEnd() {
        for (long waited = 0; waited < END_MILLIS && process.isAlive(); waited += LOOK_MILLIS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
        process.kill();
    }
}
