package dev.windrow.cli;

import dev.windrow.cli.view.LiveFrame;
import dev.windrow.cli.view.Pace;
import dev.windrow.cli.view.Picture;
import dev.windrow.cli.view.PlainProgress;
import dev.windrow.cli.view.Style.Paint;
import dev.windrow.cli.view.Words;
import dev.windrow.client.JobListener;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error what happens to a server's job, as a local run does: a few lines in place
 * on a terminal, a line now and then elsewhere.
 */
final class Told implements JobListener, AutoCloseable {

    private static final int ALIKE_MAX = 10;
    private static final int TICK_MILLIS = 500;

    /** Between two sentences of what the job waits for, unless they come as notes. */
    private static final Duration WAITS_PAUSE = Duration.ofSeconds(5);

    private static final int WAITS_MAX = 100;

    /** Agents try at least every ten seconds to reach a server that was away. */
    private static final Duration AGENTS_BACK = Duration.ofSeconds(12);

    private final Shell shell;
    private final String name;
    private final Instant begin;
    private final int workers;
    private final Block block;
    private final Map<String, Integer> notes = new HashMap<>();
    private final Pace pace = new Pace();
    private final PlainProgress plain = new PlainProgress();
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable ProgressEvent latest;
    private @Nullable Absence absence;
    private final Set<String> waits = new HashSet<>();
    private Instant waitsTold = Instant.EPOCH;

    /**
     * The server was away, or is.
     *
     * @param agents before
     * @param over when it counts as over, though some of them have not come back; the far future
     *     while there is no connection
     */
    private record Absence(int agents, Instant over) {
        boolean isOver(ProgressEvent event, Instant now) {
            boolean connected = over.isBefore(Instant.MAX);
            return connected && (event.agents() >= agents || !now.isBefore(over));
        }
    }

    /**
     * @param workers of the whole fleet; 0 when that is not known
     */
    Told(Shell shell, JobSnapshot job, int workers) {
        this.shell = shell;
        this.name = job.name();
        this.begin = job.submittedAt().orElseGet(shell.clock()::instant);
        this.workers = workers;
        this.block = Block.open(shell);
        say("job " + shell.errStyle().paint(Paint.STRONG, name));
        if (shell.liveErr()) {
            Thread.ofPlatform().daemon().name("view").start(this::draw);
        }
    }

    private void draw() {
        try {
            while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                redraw();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void redraw() {
        ProgressEvent event = latest;
        if (event != null && stop.getCount() > 0) {
            block.redraw(LiveFrame.lines(picture(event), shell.errStyle(), block.width() - 1));
        }
    }

    private synchronized void say(String line) {
        block.above(List.of(line));
    }

    @Override
    public void status(StatusEvent event) {
        if (!event.status().ended() && !shell.liveErr()) {
            say(clock(event.at()) + "  " + event.status());
        }
    }

    @Override
    public void note(NoteEvent event) {
        if (event.kind().equals(JobListener.FLEET_WAITS)) {
            waits(event.text(), event.at(), Duration.ZERO);
        } else {
            note(event.kind(), event.text(), event.at());
        }
    }

    /** The progress tells each change of it, also of what is over in a moment. */
    private void waits(String text, Instant at, Duration pause) {
        Instant now = shell.clock().instant();
        boolean early = now.isBefore(waitsTold.plus(pause));
        if (!text.isEmpty() && !early && waits.size() < WAITS_MAX && waits.add(text)) {
            waitsTold = now;
            note(JobListener.FLEET_WAITS, text, at);
        }
    }

    private void note(String kind, String text, Instant moment) {
        int seen = notes.merge(kind, 1, Integer::sum);
        String at = clock(moment);
        if (seen <= ALIKE_MAX) {
            say(shell.errStyle().paint(Paint.WARNING, at + "  " + Words.oneLine(text)));
        }
        if (seen == ALIKE_MAX) {
            say(
                    "%s  more of this kind (%s) are kept for the reports only"
                            .formatted(at, Words.oneLine(kind)));
        }
    }

    @Override
    public synchronized void progress(ProgressEvent event) {
        latest = event;
        Instant now = shell.clock().instant();
        waits(event.waits().orElse(""), now, WAITS_PAUSE);
        if (absence != null && absence.isOver(event, now)) {
            absence = null;
        }
        if (event.status() != JobStatus.RUNNING) {
            pace.pause(now);
        } else {
            if (absence == null) {
                pace.resume(now);
            }
            Counts counts = counts(event);
            pace.observe(
                    now, event.miniBatches().ended(), counts.miniBatches(), counts.planComplete());
        }
        if (shell.liveErr()) {
            redraw();
        } else if (event.status() == JobStatus.RUNNING) {
            plain.due(picture(event)).ifPresent(this::say);
        }
    }

    @Override
    public synchronized void disconnected() {
        pace.pause(shell.clock().instant());
        int agents = latest == null ? 0 : latest.agents();
        absence = new Absence(absence == null ? agents : absence.agents(), Instant.MAX);
    }

    @Override
    public synchronized void reconnected() {
        if (absence != null) {
            Instant over = shell.clock().instant().plus(AGENTS_BACK);
            absence = new Absence(absence.agents(), over);
        }
    }

    /** Leaves the terminal as it was. */
    @Override
    public synchronized void close() {
        stop.countDown();
        block.close();
    }

    private Picture picture(ProgressEvent event) {
        Instant now = shell.clock().instant();
        boolean running = event.status() == JobStatus.RUNNING;
        return new Picture(
                name,
                progress(event, counts(event)),
                Duration.between(begin, now),
                running ? pace.rate(now) : OptionalDouble.empty(),
                running ? pace.remaining(now) : Optional.empty(),
                workers);
    }

    private static Counts counts(ProgressEvent event) {
        var batches = event.miniBatches();
        return new Counts(
                event.planComplete(),
                batches.total(),
                batches.succeeded(),
                batches.failed(),
                event.items().total(),
                event.items().succeeded(),
                event.items().failed(),
                0,
                batches.attempts(),
                batches.retries());
    }

    /** As much of a picture as comes over the network; workers are ready where agents are. */
    private JobProgress progress(ProgressEvent event, Counts counts) {
        return new JobProgress(
                status(event),
                Optional.empty(),
                event.waits().orElse(""),
                counts,
                event.agents(),
                event.agents(),
                event.leased(),
                new JobProgress.Phases(
                        begin,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The engine's word; one of a later server counts as running. */
    private static dev.windrow.engine.job.JobStatus status(ProgressEvent event) {
        for (var one : dev.windrow.engine.job.JobStatus.values()) {
            if (one.text().equals(event.status().toString())) {
                return one;
            }
        }
        return dev.windrow.engine.job.JobStatus.RUNNING;
    }

    private String clock(Instant at) {
        return Words.clock(Duration.between(begin, at));
    }
}
