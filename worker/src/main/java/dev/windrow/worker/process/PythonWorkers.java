package dev.windrow.worker.process;

import dev.windrow.protocol.Problem;
import dev.windrow.worker.core.Work;
import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.core.WorkerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import tools.jackson.core.json.JsonFactory;

/**
 * Worker processes on this machine. Each has a thread that starts it and then reads its answers.
 *
 * <p>Events are handed over in lists, as they were read together, and in order for each worker.
 */
public final class PythonWorkers implements WorkerPort, AutoCloseable {

    private final WorkerSetup setup;
    private final WorkerFiles files;
    private final Consumer<List<WorkerEvent>> events;
    private final ThreadFactory threads;
    private final Leftovers leftovers;
    private final JsonFactory json = new JsonFactory();
    private final Map<Integer, PythonWorker> workers = new ConcurrentHashMap<>();

    /**
     * Kills what an earlier agent of this instance left behind.
     *
     * @param events takes events, on threads of the workers; may block
     * @param threads makes the threads
     */
    public PythonWorkers(
            WorkerSetup setup,
            WorkerFiles files,
            Consumer<List<WorkerEvent>> events,
            ThreadFactory threads) {
        this.setup = setup;
        this.files = files;
        this.events = events;
        this.threads = threads;
        this.leftovers = new Leftovers(files.leftovers());
        leftovers.kill();
    }

    @Override
    public void start(int worker, int slot) {
        threads.newThread(() -> run(worker, slot)).start();
    }

    /** Process ids of the workers that run now, by number. */
    public Map<Integer, Long> pids() {
        Map<Integer, Long> pids = new HashMap<>();
        workers.forEach((number, process) -> pids.put(number, process.pid()));
        return pids;
    }

    private void run(int worker, int slot) {
        String how;
        try {
            String first = SetupFrame.json(json, setup, files, worker, slot);
            PythonWorker process =
                    PythonWorker.start(
                            worker,
                            setup.python(),
                            files,
                            errorLog(worker),
                            body -> threads.newThread(body).start());
            workers.put(worker, process);
            leftovers.record(process.pid());
            how = process.serve(first, new Answers(worker, setup.segmentOf(worker), json), events);
        } catch (IOException e) {
            Problem problem =
                    new Problem("WorkerNotStarted", String.valueOf(e.getMessage()), "", "");
            events.accept(List.of(new WorkerEvent.InitFailed(worker, problem)));
            how = "could not be started";
        } finally {
            workers.remove(worker);
        }
        events.accept(List.of(new WorkerEvent.Exited(worker, how)));
    }

    private Path errorLog(int worker) throws IOException {
        Path folder =
                files.logs()
                        .resolve("sys")
                        .resolve("node")
                        .resolve(Integer.toString(setup.agent()));
        Files.createDirectories(folder);
        return folder.resolve("process%03d.stderr.txt".formatted(worker));
    }

    @Override
    public void send(int worker, Work work) {
        PythonWorker process = workers.get(worker);
        if (process != null) {
            process.writer().work(work);
        }
    }

    @Override
    public void push() {
        for (PythonWorker process : workers.values()) {
            process.writer().push();
        }
    }

    @Override
    public void shutdown(int worker) {
        PythonWorker process = workers.get(worker);
        if (process != null) {
            process.shutdown();
        }
    }

    @Override
    public void kill(int worker, boolean dumpStack) {
        PythonWorker process = workers.get(worker);
        if (process != null) {
            process.kill(dumpStack);
        }
    }

    @Override
    public void close() {
        workers.values().forEach(process -> process.kill(false));
    }
}
