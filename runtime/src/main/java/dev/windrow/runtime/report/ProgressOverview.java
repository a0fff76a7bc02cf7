package dev.windrow.runtime.report;

import dev.windrow.architecture.Deviates;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code job_progress_overview.<yyyymmddhh>.txt}: a line each ten seconds while the job runs, and
 * one at its end; a new file each day. A disk that refuses costs lines, nothing else.
 */
@Deviates(
        rule = Deviates.Rule.THREADS,
        reason =
                "A disk that is slow to take a line must not hold up the loop that is reported on.")
public final class ProgressOverview implements AutoCloseable {

    private static final long EVERY_SECONDS = 10;
    private static final long OPENING_MILLIS = 20;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuuMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path logs;
    private final Supplier<Optional<JobProgress>> progress;
    private final InstantSource clock;
    private final Instant began;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Path file;
    private @Nullable LocalDate day;
    private boolean planned;
    private long endedAtStart;

    private ProgressOverview(
            Path logs, Supplier<Optional<JobProgress>> progress, InstantSource clock) {
        this.logs = logs;
        this.progress = progress;
        this.clock = clock;
        this.began = clock.instant();
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::run);
    }

    /** Starts a thread that writes, until it is closed. */
    public static ProgressOverview start(
            Path logs, Supplier<Optional<JobProgress>> progress, InstantSource clock) {
        ProgressOverview overview = new ProgressOverview(logs, progress, clock);
        overview.thread.start();
        return overview;
    }

    private void run() {
        try {
            write("progress is written here, every %d s".formatted(EVERY_SECONDS));
            while (progress.get().isEmpty()
                    && !closed.await(OPENING_MILLIS, TimeUnit.MILLISECONDS)) {
                // What an earlier run had finished says nothing about the speed of this one.
            }
            endedAtStart = progress.get().map(now -> ended(now.counts())).orElse(0L);
            while (!closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
                progress.get().ifPresent(now -> show(now, false));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.get().ifPresent(last -> show(last, true));
        write("progress ends");
    }

    private void show(JobProgress now, boolean last) {
        Counts counts = now.counts();
        if (counts.planComplete() && !planned) {
            planned = true;
            write(
                    "scheduling finished: %s of %s%s"
                            .formatted(
                                    Words.count(counts.miniBatches(), "mini-batch", "mini-batches"),
                                    Words.count(counts.items(), "item", "items"),
                                    took(now.phases())));
        }
        long ended = ended(counts);
        Duration elapsed = Duration.between(began, clock.instant());
        if (ended == 0 && !last) {
            write("nothing processed yet, elapsed %s".formatted(Words.clock(elapsed)));
            return;
        }
        write(
                "%d of %d%s mini-batches, elapsed %s, estimated remaining %s"
                        .formatted(
                                ended,
                                counts.miniBatches(),
                                counts.planComplete() ? "" : " or more",
                                Words.clock(elapsed),
                                remaining(counts, ended - endedAtStart, elapsed)));
        if (last) {
            write("status %s".formatted(now.status()));
        }
    }

    private static long ended(Counts counts) {
        return counts.miniBatches() - counts.outstandingMiniBatches();
    }

    private static String took(JobProgress.Phases phases) {
        return phases.planningBegan().isEmpty() || phases.planCompleted().isEmpty()
                ? ""
                : ", in "
                        + Words.span(
                                Duration.between(
                                        phases.planningBegan().get(),
                                        phases.planCompleted().get()));
    }

    private static String remaining(Counts counts, long endedHere, Duration elapsed) {
        long left = counts.outstandingMiniBatches();
        if (left == 0) {
            return Words.clock(Duration.ZERO);
        }
        return endedHere <= 0
                ? "unknown"
                : Words.clock(Duration.ofMillis(elapsed.toMillis() * left / endedHere));
    }

    private void write(String line) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        try {
            Path into = file;
            if (into == null || !today.equals(day)) {
                day = today;
                into = logs.resolve("job_progress_overview.%s.txt".formatted(HOUR.format(now)));
                file = into;
                Files.createDirectories(logs);
            }
            Files.writeString(
                    into,
                    Words.time(now) + "  " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The next line may find room again.
        }
    }

    /** Writes the last line; waits for it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(EVERY_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
