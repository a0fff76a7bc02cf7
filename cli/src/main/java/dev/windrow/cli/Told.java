package dev.windrow.cli;

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
import java.util.Map;
import java.util.Optional;

/** Tells on standard error what happens to a server's job, as a local run does off a terminal. */
final class Told implements JobListener {

    private static final int ALIKE_MAX = 10;

    private final Shell shell;
    private final String name;
    private final Instant begin;
    private final Map<String, Integer> notes = new HashMap<>();
    private final Pace pace = new Pace();
    private final PlainProgress plain = new PlainProgress();

    Told(Shell shell, JobSnapshot job) {
        this.shell = shell;
        this.name = job.name();
        this.begin = job.submittedAt().orElseGet(shell.clock()::instant);
        shell.err("job " + shell.errStyle().paint(Paint.STRONG, name));
    }

    @Override
    public void status(StatusEvent event) {
        if (!event.status().ended()) {
            shell.err(clock(event.at()) + "  " + event.status());
        }
    }

    @Override
    public void note(NoteEvent event) {
        int seen = notes.merge(event.kind(), 1, Integer::sum);
        String at = clock(event.at());
        if (seen <= ALIKE_MAX) {
            String text = at + "  " + Words.oneLine(event.text());
            shell.err(shell.errStyle().paint(Paint.WARNING, text));
        }
        if (seen == ALIKE_MAX) {
            shell.err(
                    "%s  more of this kind (%s) are kept for the reports only"
                            .formatted(at, Words.oneLine(event.kind())));
        }
    }

    @Override
    public void progress(ProgressEvent event) {
        if (event.status() != JobStatus.RUNNING) {
            return;
        }
        Instant now = shell.clock().instant();
        Counts counts = counts(event);
        pace.observe(now, event.miniBatches().ended(), counts.miniBatches(), counts.planComplete());
        Picture picture =
                new Picture(
                        name,
                        progress(event, counts),
                        Duration.between(begin, now),
                        pace.rate(now),
                        pace.remaining(now),
                        event.leased());
        plain.due(picture).ifPresent(shell::err);
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
                dev.windrow.engine.job.JobStatus.RUNNING,
                Optional.empty(),
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

    private String clock(Instant at) {
        return Words.clock(Duration.between(begin, at));
    }
}
