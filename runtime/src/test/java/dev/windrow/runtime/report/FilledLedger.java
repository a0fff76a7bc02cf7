package dev.windrow.runtime.report;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.JobProgress.Phases;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.ChunkPlanned;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.engine.store.RowRange;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.Setting;
import dev.windrow.model.Setting.Origin;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.store.SqliteJobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A job's folder with a real ledger, filled by hand at times that never change. */
final class FilledLedger implements AutoCloseable {

    static final String JOB = "nightly";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final long SECOND = 1_000_000;

    final JobFolder folder;
    final JobStore store;
    private final long epoch;
    private long counter;

    FilledLedger(Path home) throws Exception {
        folder = JobFolder.of(home, JOB);
        Files.createDirectories(folder.logs());
        store = SqliteJobStore.open(folder.ledger());
        store.submit(JobRow.submitted(JOB, "{}", "sha256:0", NOON));
        epoch = store.takeOver(JOB);
    }

    void append(LedgerEntry... entries) {
        store.append(JOB, epoch, List.of(entries));
    }

    void append(List<LedgerEntry> entries) {
        store.append(JOB, epoch, entries);
    }

    void plan(int miniBatches, int items) {
        int[] counts = new int[miniBatches];
        Arrays.fill(counts, items);
        append(
                new ChunkPlanned(
                        0, 0, counts, "payload".getBytes(StandardCharsets.UTF_8), new byte[0]),
                new PlanCompleted());
    }

    /** Each attempt begins a second after the one before and takes a quarter of it. */
    private AttemptFacts facts(int worker) {
        counter++;
        long micros = NOON.getEpochSecond() * SECOND + counter * SECOND + 123_456;
        return new AttemptFacts(
                new LeaseToken(epoch, counter), 0, worker, micros, 250_000_000, 240_000_000);
    }

    ResultStored returned(int index, int items, long returned) {
        return new ResultStored(
                index,
                returned < items ? ResultOutcome.SHORT : ResultOutcome.SUCCEEDED,
                items,
                returned,
                RowRange.NONE,
                facts(index % 2),
                Optional.empty());
    }

    AttemptStored attempt(int index, FailedAttempt error) {
        return new AttemptStored(index, facts(index % 2), error);
    }

    ResultStored failed(int index, int items, FailedAttempt error) {
        return new ResultStored(
                index,
                ResultOutcome.FAILED,
                items,
                0,
                RowRange.NONE,
                facts(index % 2),
                Optional.of(error));
    }

    static FailedAttempt raised(String message) {
        String line = "entry.py:12: raise ValueError(name)";
        String trace =
                """
                Traceback (most recent call last):
                  File "entry.py", line 12, in run
                    raise ValueError(name)
                ValueError: %s
                """
                        .formatted(message);
        return new FailedAttempt(
                FailureCause.EXCEPTION, new ErrorText("ValueError", message, trace, line));
    }

    static FailedAttempt failedBy(FailureCause cause, String type, String message) {
        return new FailedAttempt(cause, new ErrorText(type, message, "", ""));
    }

    void noted(String text) {
        append(new EventNoted(NOON.plusSeconds(2), "worker_lost", text));
    }

    void ends(JobStatus status, Optional<JobReason> reason) {
        append(new StatusChanged(status, reason, NOON.plusSeconds(75)));
    }

    void fails(ErrorCode code, String message, Optional<JobReason.FirstCause> cause) {
        ends(JobStatus.FAILED, Optional.of(new JobReason(code, message, cause)));
    }

    /** How the loop would have ended. */
    static JobProgress progress(Counts counts) {
        return new JobProgress(
                JobStatus.COMPLETED,
                Optional.empty(),
                "",
                counts,
                1,
                1,
                0,
                new Phases(
                        NOON,
                        Optional.of(NOON.plusMillis(120)),
                        Optional.of(NOON.plusMillis(400)),
                        Optional.of(NOON.plusMillis(900)),
                        Optional.of(NOON.plusMillis(74_000)),
                        Optional.of(NOON.plusMillis(74_100)),
                        Optional.of(NOON.plusMillis(75_000))));
    }

    ReportedJob job() {
        List<Setting> settings =
                List.of(
                        new Setting("mini_batch_size", "5 files", Origin.JOB_FILE),
                        new Setting("error_threshold", "-1", Origin.DEFAULT),
                        new Setting("mini_batch_error_threshold", "2", Origin.JOB_FILE),
                        new Setting("allowed_failed_percent", "100", Origin.DEFAULT),
                        new Setting("timeout", "60 s", Origin.DEFAULT));
        return new ReportedJob(
                JOB,
                folder,
                store,
                settings,
                Map.of("lines", "/data/out/lines.txt"),
                Optional.of(partial().toString()),
                _ -> names());
    }

    Path partial() {
        return folder.root().resolve("lines.txt.partial-nightly");
    }

    private static PlanNames names() {
        return (place, most) -> {
            List<String> names = new ArrayList<>();
            IntStream.range(0, Math.min(5, most))
                    .forEach(i -> names.add("in/%d \"%d\".txt".formatted(place, i)));
            return names;
        };
    }

    String read(String log) throws Exception {
        return Files.readString(folder.logs().resolve(log))
                .replace(folder.root().toString(), "JOB");
    }

    @Override
    public void close() {
        store.close();
    }
}
