package dev.windrow.worker.process;

import dev.windrow.worker.core.Work;
import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.core.WorkerPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final int LOG_SHOWN = 400;

    private final WorkerSetup setup;
    private final WorkerFiles files;
    private final Consumer<List<WorkerEvent>> events;
    private final ThreadFactory threads;
    private final Leftovers leftovers;
    private final JsonFactory json = new JsonFactory();
    private final Map<Integer, PythonWorker> workers = new ConcurrentHashMap<>();

    /** Told to end before they were there. */
    private final Set<Integer> unwanted = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

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
            Path log = errorLog(worker);
            String first = SetupFrame.json(json, setup, files, worker, slot);
            PythonWorker process =
                    PythonWorker.start(
                            setup.python(), files, log, body -> threads.newThread(body).start());
            workers.put(worker, process);
            if (closed || unwanted.contains(worker)) {
                process.kill(false);
            }
            leftovers.record(process.pid());
            how = process.serve(first, new Answers(worker, setup.segmentOf(worker), json), events);
            if (!process.greeted() && !process.killed()) {
                notStarted(worker, how + ": " + lastLines(log));
            }
        } catch (IOException e) {
            how = "could not be started";
            notStarted(worker, String.valueOf(e.getMessage()));
        } finally {
            workers.remove(worker);
        }
        events.accept(List.of(new WorkerEvent.Exited(worker, how)));
    }

    /** The harness itself did not get to its greeting: no script can be run by this interpreter. */
    private void notStarted(int worker, String why) {
        String message =
                "python: %s (expected: Python 3.8 or later that can be started): %s"
                        .formatted(setup.python(), why);
        events.accept(List.of(new WorkerEvent.NotStarted(worker, message)));
    }

    private static String lastLines(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        return text.length() <= LOG_SHOWN ? text : text.substring(text.length() - LOG_SHOWN);
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

    /** A worker that is not there yet has done nothing that it could end in an orderly way. */
    @Override
    public void shutdown(int worker) {
        with(worker, PythonWorker::shutdown);
    }

    @Override
    public void kill(int worker, boolean dumpStack) {
        with(worker, process -> process.kill(dumpStack));
    }

    /** Does something to a worker; one that is still being started is killed as soon as it is. */
    private void with(int worker, Consumer<PythonWorker> act) {
        if (!workers.containsKey(worker)) {
            unwanted.add(worker);
        }
        PythonWorker process = workers.get(worker);
        if (process != null) {
            act.accept(process);
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.values().forEach(process -> process.kill(false));
    }
}
