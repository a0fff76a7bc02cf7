package dev.windrow.worker.process;

import dev.windrow.architecture.Deviates;
import dev.windrow.protocol.tls.Authorities;
import dev.windrow.worker.core.WorkerEvent;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One worker process. */
@Deviates(
        rule = Deviates.Rule.THREADS,
        reason =
                "The JDK tells the end of a process on a thread of its own; nothing else waits there.")
final class PythonWorker {

    private static final long STACK_DUMP_MILLIS = 500;
    private static final long PIPE_END_MILLIS = 100;

    private final OptionalLong memoryKills = MemoryKills.HERE.count();
    private final Process process;
    private final FrameWriter writer;
    private final Consumer<Runnable> threads;
    private volatile boolean killed;
    private volatile boolean read;
    private volatile boolean greeted;

    private PythonWorker(Process process, Consumer<Runnable> threads) {
        this.process = process;
        this.threads = threads;
        this.writer = new FrameWriter(process.getOutputStream(), threads);
    }

    static PythonWorker start(
            String python, WorkerFiles files, Path errorLog, Consumer<Runnable> threads)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(python, files.harness().resolve("windrow_worker.py").toString());
        File log = errorLog.toFile();
        builder.directory(files.code().toFile()).redirectError(Redirect.appendTo(log));
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("WINDROW_TOKEN")
                                || name.startsWith("WINDROW_SECRET_")
                                || name.equals(Authorities.VARIABLE));
        return new PythonWorker(builder.start(), threads);
    }

    long pid() {
        return process.pid();
    }

    /** True when the harness has answered at all. */
    boolean greeted() {
        return greeted;
    }

    boolean killed() {
        return killed;
    }

    FrameWriter writer() {
        return writer;
    }

    /** Reads answers until the process is gone; returns how it ended. Blocks for its whole life. */
    String serve(String setup, Answers answers, Consumer<List<WorkerEvent>> events) {
        Executor soon = CompletableFuture.delayedExecutor(PIPE_END_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> _ = process.onExit().thenRunAsync(this::endGroup, soon);
        try {
            writer.setup(setup);
            read(process.getInputStream(), answers, events);
        } catch (IOException | RuntimeException e) {
            kill(false);
        }
        read = true;
        return ended();
    }

    /**
     * A child of the script may outlive the worker and keep its pipe open. Signals cost a tenth of
     * a second to load, so a worker that ended well and whose pipe has ended is left alone.
     */
    private void endGroup() {
        if (!read || process.exitValue() != 0) {
            Signals.sendToGroup(process.pid(), Signals.KILL);
        }
    }

    private void read(InputStream in, Answers answers, Consumer<List<WorkerEvent>> events)
            throws IOException {
        FrameReader reader = new FrameReader(in);
        while (reader.fill()) {
            List<WorkerEvent> batch = new ArrayList<>();
            while (reader.hasFrame()) {
                greeted = true;
                answers.read(reader.next()).ifPresent(batch::add);
            }
            if (!batch.isEmpty()) {
                for (WorkerEvent event : batch) {
                    if (event instanceof WorkerEvent.Done || event instanceof WorkerEvent.Failed) {
                        writer.answered();
                    }
                }
                events.accept(batch);
            }
        }
    }

    private String ended() {
        try {
            ExitStatus status = new ExitStatus(process.waitFor());
            boolean notOurs = status.isSignal(Signals.KILL) && !killed;
            return status.text() + (notOurs ? MemoryKills.HERE.since(memoryKills) : "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(false);
            return "was given up";
        }
    }

    void shutdown() {
        writer.shutdown();
    }

    /** Kills the process group; writes the Python stacks to the log first, when asked. */
    void kill(boolean dumpStack) {
        killed = true;
        if (dumpStack) {
            threads.accept(this::dumpAndKill);
        } else {
            killGroup();
        }
    }

    private void dumpAndKill() {
        Signals.send(process.pid(), Signals.STACK_DUMP);
        try {
            process.waitFor(STACK_DUMP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        killGroup();
    }

    private void killGroup() {
        if (process.isAlive()) {
            Signals.sendToGroup(process.pid(), Signals.KILL);
            // Before the worker leads its own group only this reaches it.
            process.destroyForcibly();
        }
    }
}
