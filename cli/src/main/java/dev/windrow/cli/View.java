package dev.windrow.cli;

import dev.windrow.cli.view.LiveFrame;
import dev.windrow.cli.view.Pace;
import dev.windrow.cli.view.Picture;
import dev.windrow.cli.view.PlainProgress;
import dev.windrow.cli.view.Style;
import dev.windrow.cli.view.Style.Paint;
import dev.windrow.cli.view.Words;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.JobSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows a running job on standard error from a thread of its own, so that a slow terminal never
 * holds up the job: a few lines in place on a terminal, a line now and then elsewhere.
 */
final class View implements LoopListener, AutoCloseable {

    private static final int TICK_MILLIS = 100;
    private static final int WAITING_MAX = 1_000;
    private static final int ALIKE_MAX = 10;
    private static final int CLOSING_SECONDS = 2;

    private final Shell shell;
    private final JobSession session;
    private final Header header;
    private final int workers;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("view").unstarted(this::show);
    private final Map<String, Integer> notes = new HashMap<>();
    private final Pace pace = new Pace();
    private final PlainProgress plain = new PlainProgress();

    View(Shell shell, JobSession session, Header header) {
        this.shell = shell;
        this.session = session;
        this.header = header;
        var staffing = session.prepared().settings().staffing();
        this.workers = staffing.maxConcurrencyPerInstance() * staffing.instanceCount();
    }

    void start() {
        thread.start();
    }

    /** Shows a line among the others; dropped when a thousand wait. */
    void tell(String line) {
        waiting.offer(line);
    }

    @Override
    public void statusChanged(JobStatus status, Instant at) {
        if (!shell.liveErr() && !status.terminal()) {
            tell(clock(at) + "  " + status.text());
        }
    }

    @Override
    public void noted(String kind, String text, Instant at) {
        int seen = notes.merge(kind, 1, Integer::sum);
        if (seen <= ALIKE_MAX) {
            tell(style().paint(Paint.WARNING, clock(at) + "  " + Words.oneLine(text)));
        }
        if (seen == ALIKE_MAX) {
            tell(clock(at) + "  more of this kind (" + kind + ") are kept for the reports only");
        }
    }

    private String clock(Instant at) {
        return Words.clock(Duration.between(shell.began(), at));
    }

    private Style style() {
        return shell.errStyle();
    }

    /** Shows what waits and leaves the terminal as it was. */
    @Override
    public void close() {
        stop.countDown();
        try {
            // A terminal that is stopped must not keep the result from being told elsewhere.
            thread.join(Duration.ofSeconds(CLOSING_SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try (Block block = Block.open(shell)) {
            block.above(header.lines(style(), block.width()));
            boolean stopped = false;
            while (!stopped) {
                stopped = stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
                List<String> lines = new ArrayList<>();
                waiting.drainTo(lines);
                block.above(lines);
                if (!stopped) {
                    session.progress().ifPresent(progress -> frame(block, progress));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A job is worth more than its picture: it goes on unseen.
            shell.err("windrow: the view has ended: " + e);
        }
    }

    private void frame(Block block, JobProgress progress) {
        Instant now = shell.clock().instant();
        Picture picture = picture(progress, now);
        if (shell.liveErr()) {
            block.redraw(LiveFrame.lines(picture, style(), block.width() - 1));
        } else if (progress.status() == JobStatus.RUNNING) {
            plain.due(picture).ifPresent(line -> block.above(List.of(line)));
        }
    }

    private Picture picture(JobProgress progress, Instant now) {
        var counts = progress.counts();
        boolean working = progress.status() == JobStatus.RUNNING && progress.workersReady() > 0;
        if (working) {
            long ended = counts.succeededMiniBatches() + counts.failedMiniBatches();
            pace.resume(now);
            pace.observe(now, ended, counts.miniBatches(), counts.planComplete());
        } else {
            pace.pause(now);
        }
        return new Picture(
                session.prepared().name(),
                progress,
                Duration.between(shell.began(), now),
                working ? pace.rate(now) : OptionalDouble.empty(),
                working ? pace.remaining(now) : Optional.empty(),
                workers);
    }
}
