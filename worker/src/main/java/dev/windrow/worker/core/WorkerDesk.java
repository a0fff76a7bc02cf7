package dev.windrow.worker.core;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Trouble;
import dev.windrow.worker.core.WorkerEvent.Done;
import dev.windrow.worker.core.WorkerEvent.Exited;
import dev.windrow.worker.core.WorkerEvent.Failed;
import dev.windrow.worker.core.WorkerEvent.InitFailed;
import dev.windrow.worker.core.WorkerEvent.LoadFailed;
import dev.windrow.worker.core.WorkerEvent.NotStarted;
import dev.windrow.worker.core.WorkerEvent.Ready;
import dev.windrow.worker.core.WorkerEvent.RowsUnwritable;
import dev.windrow.worker.core.WorkerSeat.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps an agent's workers running, fed and within their time. */
final class WorkerDesk {

    /** {@code shutdown()} of a job that is stopped early has this long. */
    private static final Duration ABORT_SHUTDOWN_MAX = Duration.ofSeconds(10);

    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(30);

    /** A worker that is still in {@code init()} when all work has ended has this long. */
    private static final Duration STARTING_MAX = Duration.ofSeconds(1);

    private final AgentSettings settings;
    private final WorkerPort port;
    private final LeaseQueue queue;
    private final ReportDesk reports;
    private final AgentLink link;
    private final Map<Integer, WorkerSeat> seats = new LinkedHashMap<>();
    private final BitSet slots = new BitSet();
    private int nextWorker;
    private int initFailures;
    private boolean everReady;
    private boolean ending;
    private boolean leaving;
    private Duration shutdownMax = SHUTDOWN_MAX;

    WorkerDesk(
            AgentSettings settings,
            WorkerPort port,
            LeaseQueue queue,
            ReportDesk reports,
            AgentLink link) {
        this.settings = settings;
        this.port = port;
        this.queue = queue;
        this.reports = reports;
        this.link = link;
        this.nextWorker = settings.firstWorker();
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    boolean ending() {
        return ending;
    }

    /** How many mini-batches to hold at once: what the workers take, and as much again. */
    int capacity() {
        if (ending) {
            return 0;
        }
        int sum = 0;
        for (WorkerSeat seat : seats.values()) {
            sum += seat.ready && seat.ending == Ending.NONE ? seat.wanted() : 0;
        }
        return sum;
    }

    /** Starts workers up to the number wanted, unless they have failed to start too often. */
    void startMissing(Instant now) {
        while (!ending && !hopeless() && seats.size() < settings.workers()) {
            int slot = slots.nextClearBit(0);
            slots.set(slot);
            WorkerSeat seat = new WorkerSeat(nextWorker++, slot);
            seats.put(seat.number, seat);
            port.start(seat.number, slot);
        }
    }

    /** Workers that are starting count as if they failed, so that not one too many is started. */
    private boolean hopeless() {
        return !everReady && initFailures + seats.size() >= settings.initFailuresMax();
    }

    /**
     * Sends work to whoever takes some, one each in turn, so that nobody idles beside a full one.
     */
    void feed(Instant now) {
        boolean sent = queue.size() > 0;
        while (sent) {
            sent = false;
            for (WorkerSeat seat : seats.values()) {
                if (!seat.takesWork()) {
                    continue;
                }
                Optional<Work> work = queue.take();
                if (work.isEmpty()) {
                    return;
                }
                if (seat.sent.isEmpty()) {
                    seat.clock = now;
                }
                seat.sent.addLast(work.get());
                port.send(seat.number, work.get());
                sent = true;
            }
        }
    }

    void push() {
        port.push();
    }

    void handle(WorkerEvent event, Instant now) {
        WorkerSeat seat = seats.get(event.worker());
        if (seat == null) {
            return;
        }
        switch (event) {
            case Ready _ -> {
                seat.ready = true;
                everReady = true;
                link.send(new AgentMessage.WorkerReady(seat.number));
            }
            case NotStarted(int worker, String message) -> {
                startFailed(seat, now);
                link.send(
                        everReady
                                ? new AgentMessage.InitFailed(
                                        worker, new Problem("NotStarted", message, "", ""))
                                : new AgentMessage.Broken(Trouble.NO_PYTHON, message));
            }
            case LoadFailed(int worker, Problem problem) -> {
                startFailed(seat, now);
                link.send(new AgentMessage.LoadFailed(worker, problem));
            }
            case InitFailed(int worker, Problem problem) -> {
                startFailed(seat, now);
                link.send(new AgentMessage.InitFailed(worker, problem));
            }
            case Done done ->
                    answered(seat, done.index(), done.timing(), now)
                            .ifPresent(work -> reports.add(returned(done, work)));
            case Failed failed ->
                    answered(seat, failed.index(), failed.timing(), now)
                            .ifPresent(work -> reports.add(broke(failed, work)));
            case RowsUnwritable(int _, int _, String message) ->
                    link.send(new AgentMessage.Broken(Trouble.DISK_FULL, message));
            case Exited(int _, String how) -> exited(seat, how, now);
        }
    }

    private void startFailed(WorkerSeat seat, Instant now) {
        initFailures++;
        seat.endingSince = now;
        seat.ending = Ending.SHUTDOWN;
    }

    private Optional<Work> answered(WorkerSeat seat, int index, Timing timing, Instant now) {
        Work first = seat.sent.peekFirst();
        if (first == null || first.index() != index) {
            return Optional.empty();
        }
        seat.sent.removeFirst();
        seat.clock = now;
        seat.answered(timing.processNanos());
        return Optional.of(first);
    }

    private static Report returned(Done done, Work work) {
        return new Report.Returned(
                work.index(), work.token(), done.timing(), done.returned(), done.rows());
    }

    private static Report broke(Failed failed, Work work) {
        return new Report.Broke(
                work.index(), work.token(), failed.timing(), failed.cause(), failed.problem());
    }

    private void exited(WorkerSeat seat, String how, Instant now) {
        seats.remove(seat.number);
        slots.clear(seat.slot);
        if (seat.ending == Ending.NONE || seat.ending == Ending.KILLED_FOR_TIME) {
            died(seat, how, now);
        } else {
            if (leaving) {
                // It may have been begun, so it is the engine's to count as lost.
                seat.sent.pollFirst();
            }
            putBack(seat);
        }
        if (ending && seats.isEmpty()) {
            link.send(new AgentMessage.WorkersEnded());
        }
    }

    private void died(WorkerSeat seat, String how, Instant now) {
        String name = "process%03d".formatted(seat.number);
        if (!seat.ready) {
            initFailures++;
            Problem problem = new Problem("WorkerDied", name + " " + how + " in init()", "", "");
            link.send(new AgentMessage.InitFailed(seat.number, problem));
            return;
        }
        link.send(new AgentMessage.Note("worker_lost", name + " " + how));
        Work first = seat.sent.pollFirst();
        if (first != null) {
            reports.add(charged(seat, first, name, how, now));
            putBack(seat);
        } else if (seat.idleDeath()) {
            initFailures++;
        }
    }

    private Report charged(WorkerSeat seat, Work work, String name, String how, Instant now) {
        boolean late = seat.ending == Ending.KILLED_FOR_TIME;
        long nanos = Duration.between(seat.clock, now).toNanos();
        long micros = seat.clock.getEpochSecond() * 1_000_000 + seat.clock.getNano() / 1_000;
        Timing timing = new Timing(seat.number, Math.max(0, micros), Math.max(0, nanos), 0);
        Problem problem =
                late
                        ? new Problem(
                                "TimeoutError",
                                "run(): %d s (expected: ends within timeout + task_overhead_timeout)"
                                        .formatted(settings.attemptLimit().toSeconds()),
                                "",
                                "")
                        : new Problem(
                                "WorkerDied",
                                "%s %s while it ran this mini-batch".formatted(name, how),
                                "",
                                "");
        Cause cause = late ? Cause.TIMEOUT : Cause.WORKER_DIED;
        return new Report.Broke(work.index(), work.token(), timing, cause, problem);
    }

    private void putBack(WorkerSeat seat) {
        while (!seat.sent.isEmpty()) {
            queue.putBack(seat.sent.removeLast());
        }
    }

    void tick(Instant now) {
        for (WorkerSeat seat : seats.values()) {
            if (seat.late(settings.attemptLimit(), now)) {
                seat.ending = Ending.KILLED_FOR_TIME;
                port.kill(seat.number, true);
            } else if (seat.ending == Ending.SHUTDOWN
                    && Duration.between(seat.endingSince, now).compareTo(shutdownMax) > 0) {
                kill(seat);
            }
        }
    }

    /** Ends all workers; repeats are answered again. */
    void end(boolean abort, Instant now) {
        ending = true;
        queue.clear();
        shutdownMax = abort ? ABORT_SHUTDOWN_MAX : SHUTDOWN_MAX;
        if (seats.isEmpty()) {
            link.send(new AgentMessage.WorkersEnded());
        }
        for (WorkerSeat seat : List.copyOf(seats.values())) {
            if (abort && (!seat.sent.isEmpty() || !seat.ready)) {
                kill(seat);
            } else if (seat.ending == Ending.NONE) {
                seat.ending = Ending.SHUTDOWN;
                // One that is still starting has nothing to clean up: it is not waited for.
                seat.endingSince = seat.ready ? now : now.minus(shutdownMax).plus(STARTING_MAX);
                port.shutdown(seat.number);
            }
        }
    }

    void killAll() {
        ending = true;
        seats.values().forEach(this::kill);
    }

    /** Kills all; what they had been sent and have not begun is in the queue when they are gone. */
    void leave() {
        leaving = true;
        killAll();
    }

    private void kill(WorkerSeat seat) {
        seat.ending = Ending.KILLED;
        port.kill(seat.number, false);
    }

    void spans(List<Span> into) {
        for (WorkerSeat seat : seats.values()) {
            for (Work work : seat.sent) {
                into.add(new Span(work.token(), work.index(), work.index() + 1));
            }
        }
    }
}
