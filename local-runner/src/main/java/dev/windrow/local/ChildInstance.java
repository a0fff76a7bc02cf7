package dev.windrow.local;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.MessageInput;
import dev.windrow.protocol.wire.MessageOutput;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.ExitStatus;
import dev.windrow.worker.remote.AgentCommand;
import dev.windrow.worker.remote.ConfigMessages;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An agent in a process of its own. Its messages go over its standard streams; when they end, or
 * something else comes out of them, the instance is lost.
 */
final class ChildInstance implements LocalInstance {

    /** How long an agent may take to end when it was told to, or when its output has ended. */
    private static final long END_MILLIS = 3_000;

    private final int number;
    private final Process process;
    private final PipeSink sink;
    private final EngineDoor door;
    private final Connection link;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;

    private ChildInstance(int number, Process process, EngineDoor door) {
        this.number = number;
        this.process = process;
        this.door = door;
        this.sink = new PipeSink(process.getOutputStream(), process::destroyForcibly);
        this.link = door.connect(number, sink);
    }

    /**
     * Starts the process; returns without waiting for its first message.
     *
     * @param errors file its standard error is appended to
     * @throws IOException when there can be no such process
     */
    static ChildInstance start(int number, AgentConfig config, EngineDoor door, Path errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(AgentCommand.piped());
        builder.redirectError(Redirect.appendTo(errors.toFile()));
        ChildInstance instance = new ChildInstance(number, builder.start(), door);
        instance.thread("writer", () -> instance.write(config));
        instance.thread("reader", instance::read);
        return instance;
    }

    private void thread(String role, Runnable body) {
        Thread.ofPlatform().daemon().name("instance-%d-%s".formatted(number, role)).start(body);
    }

    long pid() {
        return process.pid();
    }

    private void write(AgentConfig config) {
        try {
            // Both write to one stream, which the sink closes.
            @SuppressWarnings("resource")
            MessageOutput<AgentConfig> first =
                    new MessageOutput<>(new ConfigMessages(), process.getOutputStream());
            first.send(config);
            sink.run();
        } catch (IOException e) {
            // The process is gone; the reader says why.
        }
    }

    private void read() {
        String trouble = "";
        try (MessageInput<AgentMessage> in =
                new MessageInput<>(new AgentMessages(), process.getInputStream())) {
            in.forEach(link::send);
        } catch (IOException | RuntimeException e) {
            trouble = " after " + e.getMessage();
            process.destroyForcibly();
        }
        ExitStatus status = exitStatus();
        if (!asked) {
            door.ended(
                    number, LocalInstance.end(number, pid(), status) + trouble, status.byItself());
        }
        sink.close();
        link.close();
        ended.countDown();
    }

    private ExitStatus exitStatus() {
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return new ExitStatus(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return ExitStatus.UNKNOWN;
        }
    }

    @Override
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public void end() {
        asked = true;
        // The pipe stays open: its end would mean that there is no time for the last lines of a
        // log.
        sink.send(new EngineMessage.Bye(false));
    }

    @Override
    public void awaitEnd() {
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
