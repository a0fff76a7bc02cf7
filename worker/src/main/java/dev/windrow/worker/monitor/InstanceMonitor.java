package dev.windrow.worker.monitor;

import dev.windrow.worker.core.WorkerEvent;
import dev.windrow.worker.core.WorkerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches one instance with a thread of its own: writes {@code _main.txt}, samples what the machine
 * and its processes use, and keeps the output of workers small. Nothing that fails here changes
 * what the agent does; a disk that refuses costs lines.
 */
public final class InstanceMonitor implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    /** While something writes that fast, so that little is there to be cut. */
    private static final long LOOK_AGAIN_MILLIS = 10;

    /** Short jobs are not made to wait for a list of processes. */
    private static final Duration FIRST_LIST = Duration.ofSeconds(5);

    private static final Duration LISTS_APART_MIN = Duration.ofMinutes(1);
    private static final long MAIN_LIMIT = 4L << 20;
    private static final long CLOSE_MILLIS = 2_000;

    private final MonitorSettings settings;
    private final LogFolders folders;
    private final InstantSource clock;
    private final Supplier<Map<Integer, Long>> pids;
    private final InstanceLog log;
    private final OutputCap outputs;
    private final OutputCap mainCap = new OutputCap(MAIN_LIMIT);
    private final ResourceLog resources;
    private final ProcessSnapshots lists;
    private final boolean samples;
    private final Set<Integer> watched = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Integer> ended = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts nothing before {@link #start}.
     *
     * @param logs the job's log tree
     * @param pids of the workers that run now, by number
     */
    public InstanceMonitor(
            MonitorSettings settings,
            Path logs,
            int instance,
            Supplier<Map<Integer, Long>> pids,
            ThreadFactory threads,
            InstantSource clock) {
        this.settings = settings;
        this.folders = new LogFolders(logs, instance);
        this.clock = clock;
        this.pids = pids;
        this.log = new InstanceLog(folders.main(), clock);
        this.outputs = new OutputCap(settings.outputLimit());
        ProcFiles proc = ProcFiles.system();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        this.resources = new ResourceLog(proc, folders.perf(), List.of(logs, temporary));
        this.lists =
                new ProcessSnapshots(
                        ProcFiles.ROOT, folders.processLists(), ProcessHandle.current().pid());
        boolean wanted = settings.resourceInterval().isPositive();
        this.samples = wanted && proc.available();
        this.thread = threads.newThread(this::run);
        if (wanted && !samples) {
            log.add("use of the machine is not recorded: this system has no /proc");
        }
    }

    /** The same way to the workers, with a note of each order that starts or ends one. */
    public WorkerPort around(WorkerPort port) {
        return new NotedPort(port, this::starting, this::ending, log::add);
    }

    public void start() {
        log.add(
                "agent of instance %d starts, process %d"
                        .formatted(folders.instance(), ProcessHandle.current().pid()));
        thread.start();
    }

    private void starting(int worker) {
        watched.add(worker);
    }

    /** Called before the worker is told, so that it is still there. */
    private void ending(int worker) {
        sample(worker);
    }

    private void sample(int worker) {
        Long pid = samples ? pids.get().get(worker) : null;
        if (pid != null) {
            resources.sample(clock.instant(), LogFolders.process(worker), pid);
        }
    }

    /** Takes note of what workers did; by any thread. */
    public void saw(List<WorkerEvent> events) {
        for (WorkerEvent event : events) {
            saw(event);
        }
    }

    private void saw(WorkerEvent event) {
        String name = LogFolders.process(event.worker());
        switch (event) {
            case WorkerEvent.Ready(int worker) -> {
                Long pid = pids.get().get(worker);
                log.add(name + " is ready" + (pid == null ? "" : ", process " + pid));
                sample(worker);
            }
            case WorkerEvent.NotStarted(int _, String message) -> log.add(name + ": " + message);
            case WorkerEvent.LoadFailed(int _, var problem) ->
                    log.add(
                            "%s cannot load the script: %s: %s"
                                    .formatted(name, problem.type(), problem.message()));
            case WorkerEvent.InitFailed(int _, var problem) ->
                    log.add(
                            "%s: init() failed: %s: %s"
                                    .formatted(name, problem.type(), problem.message()));
            case WorkerEvent.RowsUnwritable(int _, int index, String message) ->
                    log.add(
                            "%s cannot write the rows of mini-batch %d: %s"
                                    .formatted(name, index, message));
            case WorkerEvent.Exited(int worker, String how) -> {
                log.add(name + " " + how);
                ended.add(worker);
            }
            case WorkerEvent.Done _, WorkerEvent.Failed _ -> {}
        }
    }

    private void run() {
        try {
            quietly(this::joinLeftovers);
            Instant next = Instant.MIN;
            Instant nextList = clock.instant().plus(FIRST_LIST);
            long wait;
            do {
                Instant now = clock.instant();
                if (!now.isBefore(next)) {
                    next = now.plus(settings.resourceInterval());
                    sampleAll(now);
                }
                if (samples && !now.isBefore(nextList)) {
                    nextList = now.plus(listsApart());
                    quietly(() -> lists.write(now));
                }
                wait = look() ? LOOK_AGAIN_MILLIS : LOOK_MILLIS;
            } while (!closed.await(wait, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last();
    }

    /** Their names hold minutes. */
    private Duration listsApart() {
        Duration wanted = settings.resourceInterval();
        return wanted.compareTo(LISTS_APART_MIN) < 0 ? LISTS_APART_MIN : wanted;
    }

    private void sampleAll(Instant now) {
        if (samples) {
            quietly(() -> resources.sampleAll(now, named(pids.get())));
        }
    }

    /** Workers' numbers only grow, so what lies there belongs to an agent that was killed. */
    private void joinLeftovers() throws IOException {
        if (!Files.isDirectory(folders.node())) {
            return;
        }
        Set<Integer> workers = new HashSet<>();
        try (var files = Files.newDirectoryStream(folders.node(), "process*.stderr.txt")) {
            for (Path file : files) {
                String number = file.getFileName().toString().replaceAll("\\D", "");
                workers.add(Integer.parseInt(number));
            }
        }
        workers.removeAll(watched);
        for (int worker : workers) {
            join(worker);
        }
        mainCap.join(folders.main());
    }

    /** True when something had to be cut. */
    private boolean look() {
        boolean cut = false;
        for (int worker : watched) {
            cut |= look(worker);
        }
        for (Integer worker = ended.poll(); worker != null; worker = ended.poll()) {
            watched.remove(worker);
            join(worker);
        }
        quietly(log::write);
        check(mainCap, folders.main(), WriterPosition.NOBODY);
        return cut;
    }

    private boolean look(int worker) {
        Long pid = pids.get().get(worker);
        List<Path> files = folders.descriptorFiles(worker);
        boolean cut = false;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            // The first is that of descriptor 1. Who has not told its pid yet writes little.
            cut |= check(outputs, file, WriterPosition.of(pid == null ? -1 : pid, i + 1, file));
        }
        return cut;
    }

    private static boolean check(OutputCap cap, Path file, WriterPosition writer) {
        try {
            return cap.check(file, writer);
        } catch (IOException e) {
            return false;
        }
    }

    private void join(int worker) {
        for (Path file : folders.descriptorFiles(worker)) {
            check(outputs, file, WriterPosition.NOBODY);
            quietly(() -> outputs.join(file));
        }
        for (Path file : folders.workerFiles(worker)) {
            quietly(() -> WorkerTails.join(file, settings.outputLimit()));
        }
        quietly(() -> {
            Path stack = folders.stackFile(worker);
            if (Files.exists(stack) && Files.size(stack) == 0) {
                Files.delete(stack);
            }
        });
    }

    private void last() {
        look();
        sampleAll(clock.instant());
        watched.forEach(this::join);
        log.add("agent of instance %d ends".formatted(folders.instance()));
        quietly(log::write);
        quietly(() -> mainCap.join(folders.main()));
    }

    private static Map<String, Long> named(Map<Integer, Long> pids) {
        Map<String, Long> named = new LinkedHashMap<>();
        new TreeMap<>(pids).forEach((worker, pid) -> named.put(LogFolders.process(worker), pid));
        return named;
    }

    private interface Writing {
        void write() throws IOException;
    }

    /** A log that cannot be written fails nothing; so it must not end the thread either. */
    private static void quietly(Writing writing) {
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            // The next line may find room again.
        }
    }

    /** Writes what is left and ends; waits at most two seconds. Idempotent. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        closed.countDown();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
