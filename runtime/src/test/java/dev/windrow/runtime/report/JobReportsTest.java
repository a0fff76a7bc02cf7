package dev.windrow.runtime.report;

import static dev.windrow.runtime.report.FilledLedger.NOON;
import static dev.windrow.runtime.report.FilledLedger.failedBy;
import static dev.windrow.runtime.report.FilledLedger.progress;
import static dev.windrow.runtime.report.FilledLedger.raised;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.tally.Counts;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages a user reads, word by word. Set WINDROW_GOLDEN to a folder to write them anew. */
final class JobReportsTest {

    @TempDir Path home;
    private FilledLedger ledger;

    @BeforeEach
    void open() throws Exception {
        ledger = new FilledLedger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private JobReports write(Counts counts) {
        JobReports reports = new JobReports(ledger.job());
        reports.write(progress(counts));
        return reports;
    }

    private void assertGolden(String log, String golden) throws Exception {
        String written = ledger.read(log);
        String folder = System.getenv("WINDROW_GOLDEN");
        if (folder != null) {
            Files.writeString(Path.of(folder, golden), written);
            return;
        }
        try (InputStream in =
                Objects.requireNonNull(
                        JobReportsTest.class.getResourceAsStream(golden),
                        "no golden file " + golden)) {
            String expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(written).isEqualTo(expected);
        }
    }

    @Test
    void tellsOfAJobThatCompleted() throws Exception {
        ledger.plan(3, 5);
        ledger.append(ledger.returned(0, 5, 5), ledger.returned(1, 5, 5), ledger.returned(2, 5, 5));
        ledger.ends(JobStatus.COMPLETED, Optional.empty());
        JobReports reports = write(new Counts(true, 3, 3, 0, 15, 15, 0, 15, 3, 0));
        assertThat(reports.notices()).isEmpty();
        assertGolden("job_result.txt", "completed.txt");
        assertThat(ledger.folder.logs().resolve("job_error.txt")).doesNotExist();
        assertThat(ledger.folder.logs().resolve("user/error.txt")).doesNotExist();
        assertThat(ledger.folder.logs().resolve("sys/error")).doesNotExist();
    }

    private void completedWithFailures() {
        ledger.plan(6, 5);
        ledger.append(
                ledger.returned(0, 5, 5),
                ledger.attempt(1, raised("first, \"bad\"")),
                ledger.failed(1, 5, raised("second\nwith more lines")),
                ledger.attempt(2, failedBy(FailureCause.TIMEOUT, "TimeoutError", "run(): 90 s")),
                ledger.returned(2, 5, 5),
                ledger.attempt(3, failedBy(FailureCause.INFRASTRUCTURE, "InstanceLost", "gone")),
                ledger.returned(3, 5, 5),
                ledger.failed(4, 5, failedBy(FailureCause.WORKER_DIED, "WorkerDied", "signal 11")),
                ledger.returned(5, 5, 2));
        ledger.noted("process001 was killed by signal 11");
        ledger.ends(JobStatus.COMPLETED, Optional.empty());
    }

    private static final Counts WITH_FAILURES = new Counts(true, 6, 4, 2, 30, 17, 13, 17, 8, 2);

    @Test
    void tellsOfAJobThatCompletedWithFailures() throws Exception {
        completedWithFailures();
        write(WITH_FAILURES);
        assertGolden("job_result.txt", "completed_with_failures.txt");
        assertGolden("job_error.txt", "completed_with_failures_error.txt");
        assertGolden("user/error.txt", "user_error.txt");
        assertGolden("sys/error/0/process000.txt", "system_error.txt");
    }

    @Test
    void writesTheTables() throws Exception {
        completedWithFailures();
        write(WITH_FAILURES);
        assertGolden("sys/job_report/processed_mini-batches.csv", "processed_mini-batches.csv");
        assertGolden("sys/job_report/process_summary.csv", "process_summary.csv");
        assertGolden("sys/job_report/node_summary.csv", "node_summary.csv");
    }

    @Test
    void tellsWhichLimitWasExceeded() throws Exception {
        ledger.plan(100, 5);
        ledger.append(
                ledger.returned(0, 5, 5),
                ledger.failed(1, 5, raised("a")),
                ledger.failed(2, 5, raised("b")),
                ledger.failed(3, 5, raised("c")));
        ledger.fails(
                ErrorCode.MINI_BATCH_THRESHOLD_EXCEEDED,
                "mini_batch_error_threshold: 3 failed mini-batches (expected: <= 2)",
                Optional.of(new FirstCause(1, "ValueError: a", "entry.py:12: raise")));
        Files.writeString(ledger.partial(), "rows");
        write(new Counts(true, 100, 1, 3, 500, 5, 15, 5, 4, 0));
        assertGolden("job_result.txt", "failed_by_threshold.txt");
    }

    @Test
    void tellsWhyAScriptCannotBeLoaded() throws Exception {
        ledger.plan(2, 5);
        ledger.fails(
                ErrorCode.SCRIPT_LOAD_FAILED,
                "entry_script: cannot be loaded: SyntaxError: '(' was never closed",
                Optional.of(
                        new FirstCause(
                                -1, "SyntaxError: '(' was never closed", "entry.py:3: def run(")));
        write(new Counts(true, 2, 0, 0, 10, 0, 0, 0, 0, 0));
        assertGolden("job_result.txt", "failed_to_load.txt");
        assertGolden("job_error.txt", "failed_to_load_error.txt");
    }

    @Test
    void tellsThatNothingCameBack() throws Exception {
        ledger.plan(1, 5);
        ledger.append(ledger.returned(0, 5, 0));
        ledger.fails(
                ErrorCode.NO_RESULT_TO_APPEND,
                "append_row_to: no succeeded item to append (expected: at least one row returned)",
                Optional.empty());
        write(new Counts(true, 1, 1, 0, 5, 0, 5, 0, 1, 0));
        assertGolden("job_result.txt", "failed_without_result.txt");
    }

    @Test
    void tellsWhoCanceled() throws Exception {
        ledger.plan(9, 5);
        ledger.append(ledger.returned(0, 5, 5));
        ledger.ends(
                JobStatus.CANCELED,
                Optional.of(new JobReason(ErrorCode.CANCELED, "canceled by user")));
        write(new Counts(false, 9, 1, 0, 45, 5, 0, 5, 1, 0));
        assertGolden("job_result.txt", "canceled.txt");
    }

    @Test
    void saysNothingOfFailuresThatAResumeHasHealed() throws Exception {
        ledger.plan(1, 5);
        ledger.append(ledger.failed(0, 5, raised("at first")));
        ledger.fails(ErrorCode.NO_RESULT_TO_APPEND, "none", Optional.empty());
        ledger.store.reopen(FilledLedger.JOB, 1, false, NOON);
        ledger.append(ledger.returned(0, 5, 5));
        ledger.ends(JobStatus.COMPLETED, Optional.empty());
        write(new Counts(true, 1, 1, 0, 5, 5, 0, 5, 1, 0));
        assertThat(ledger.read("job_result.txt"))
                .contains("All 1 mini-batch succeeded.")
                .doesNotContain("First failure");
        assertThat(ledger.read("sys/job_report/processed_mini-batches.csv").lines())
                .hasSize(3)
                .anyMatch(row -> row.startsWith("0,2,0,process000,") && row.contains("RUN_DONE"));
    }

    @Test
    void removesReportsOfAnEarlierEndWhenTheJobGoesOn() throws Exception {
        completedWithFailures();
        JobReports reports = write(WITH_FAILURES);
        assertThat(reports.missing()).isFalse();
        reports.begin(7, NOON);
        assertThat(reports.missing()).isTrue();
        assertThat(ledger.folder.logs().resolve("job_error.txt")).doesNotExist();
        assertThat(ledger.read("readme.txt")).contains("job_result.txt");
        assertThat(ledger.read("sys/master_role.7.txt"))
                .startsWith("2026-03-01 12:00:00  epoch 7: process ");
        reports.begin(8, NOON);
        assertThat(ledger.read("sys/master_role.txt").lines()).hasSize(2);
    }

    @Test
    void linksTheUseOfTheMachineToWhereAzuresPagesLookForIt() throws Exception {
        Path perf = Files.createDirectories(ledger.folder.logs().resolve("sys/perf/0"));
        Files.writeString(perf.resolve("node_resource_usage.csv"), "Time\n");
        ledger.plan(1, 5);
        write(new Counts(true, 1, 0, 0, 5, 0, 0, 0, 0, 0));
        JobReports again = write(new Counts(true, 1, 0, 0, 5, 0, 0, 0, 0, 0));
        assertThat(again.notices()).isEmpty();
        assertThat(ledger.read("perf/0/node_resource_usage.csv")).isEqualTo("Time\n");
    }

    @Test
    void writesWhatItCanAndSaysWhatItCannot() throws Exception {
        completedWithFailures();
        Files.createDirectories(ledger.folder.logs().resolve("sys"));
        Files.writeString(ledger.folder.logs().resolve("sys/job_report"), "in the way");
        JobReports reports = write(WITH_FAILURES);
        assertThat(ledger.read("job_result.txt")).startsWith("nightly: Completed");
        assertThat(reports.notices())
                .hasSize(3)
                .allMatch(text -> text.startsWith("logs/sys/job_report/"));
        assertThat(reports.missing()).isTrue();
    }
}
