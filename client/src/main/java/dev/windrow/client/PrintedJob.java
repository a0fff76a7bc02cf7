package dev.windrow.client;

import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints what happens to a job as {@code windrow run} does off a terminal; for one thread. */
final class PrintedJob implements JobListener {
    private static final int ALIKE_MAX = 10;

    /** Between two sentences of what the job waits for, unless they come as notes. */
    private static final Duration WAITS_PAUSE = Duration.ofSeconds(5);

    private static final int WAITS_MAX = 100;
    private static final List<Duration> GAPS =
            List.of(1, 2, 5, 10, 20, 30, 60).stream().map(Duration::ofSeconds).toList();

    private final PrintStream out;
    private final InstantSource time;
    private final Instant begin;
    private final Map<String, Integer> notes = new HashMap<>();
    private final Set<String> waits = new HashSet<>();
    private Instant waitsTold = Instant.EPOCH;
    private int lines;
    private @Nullable Instant due;
    private @Nullable Mark first;

    /** How far the job was when it was first seen at work. */
    private record Mark(Instant at, long ended) {}

    PrintedJob(JobSnapshot job, PrintStream out, InstantSource time) {
        this.out = out;
        this.time = time;
        this.begin = job.submittedAt().orElseGet(time::instant);
        line("job " + job.name() + "  " + Words.oneLine(job.studioUrl()));
        job.notices().forEach(notice -> line("  note  " + Words.oneLine(notice.message())));
    }

    @Override
    public void status(StatusEvent event) {
        if (!event.status().ended()) {
            line(clock(event.at()) + "  " + event.status());
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
        Instant now = time.instant();
        boolean early = now.isBefore(waitsTold.plus(pause));
        if (!text.isEmpty() && !early && waits.size() < WAITS_MAX && waits.add(text)) {
            waitsTold = now;
            note(JobListener.FLEET_WAITS, text, at);
        }
    }

    private void note(String kind, String text, Instant at) {
        int seen = notes.merge(kind, 1, Integer::sum);
        if (seen <= ALIKE_MAX) {
            line(clock(at) + "  " + Words.oneLine(text));
        }
        if (seen == ALIKE_MAX) {
            line(
                    clock(at)
                            + "  more of this kind ("
                            + Words.oneLine(kind)
                            + ") are kept for the reports only");
        }
    }

    @Override
    public void progress(ProgressEvent event) {
        waits(event.waits().orElse(""), time.instant(), WAITS_PAUSE);
        if (event.status() != JobStatus.RUNNING) {
            return;
        }
        Instant now = time.instant();
        Mark mark = first == null ? new Mark(now, event.miniBatches().ended()) : first;
        first = mark;
        Instant next = due == null ? now.plus(GAPS.getFirst()) : due;
        due = next;
        if (!now.isBefore(next)) {
            lines++;
            due = now.plus(GAPS.get(Math.min(lines, GAPS.size() - 1)));
            line(clock(now) + "  " + counted(event) + pace(event, mark, now));
        }
    }

    private static String counted(ProgressEvent event) {
        MiniBatchCounts counts = event.miniBatches();
        return "%s of %s%s: %s ok, %s failed, %s retried"
                .formatted(
                        Words.count(counts.ended()),
                        Words.count(counts.total(), "mini-batch", "mini-batches"),
                        event.planComplete() ? "" : " planned so far",
                        Words.count(counts.succeeded()),
                        Words.count(counts.failed()),
                        Words.count(counts.retries()));
    }

    /** Says nothing before there is evidence. */
    private static String pace(ProgressEvent event, Mark mark, Instant now) {
        long fresh = event.miniBatches().ended() - mark.ended();
        double seconds = Duration.between(mark.at(), now).toNanos() / 1e9;
        if (fresh < 1 || seconds < 1) {
            return "";
        }
        double rate = fresh / seconds;
        long left = event.miniBatches().total() - event.miniBatches().ended();
        String rest =
                event.planComplete() && left > 0
                        ? ", about " + Words.span(Math.ceil(left / rate)) + " left"
                        : "";
        return ", " + Words.rate(rate) + rest;
    }

    /** What was done meanwhile says nothing of the pace. */
    @Override
    public void disconnected() {
        first = null;
    }

    @Override
    public void end(JobSnapshot job) {
        JobSummary.of(job).lines().forEach(this::line);
    }

    private String clock(Instant at) {
        return Words.clock(Duration.between(begin, at));
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}
