package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.JobListener.NoteEvent;
import dev.windrow.client.JobListener.ProgressEvent;
import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrintedJobTest {

    private static final Instant SUBMITTED = Instant.parse("2026-11-22T12:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = SUBMITTED.plusSeconds(2);
    private final PrintedJob printed =
            new PrintedJob(
                    Json.read(Samples.job("oats", "Running"), JobSnapshot.class),
                    new PrintStream(bytes, true, StandardCharsets.UTF_8),
                    () -> now);

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
    }

    private void progress(int seconds, long ended, boolean planned) {
        now = SUBMITTED.plus(Duration.ofSeconds(seconds));
        printed.progress(
                new ProgressEvent(
                        JobStatus.RUNNING,
                        Optional.empty(),
                        planned,
                        new MiniBatchCounts(1_200, ended, 0, 1_200 - ended, ended, 0),
                        new ItemCounts(1_200, ended, 0, 1_200 - ended),
                        1,
                        2));
    }

    @Test
    void printsALineNowAndThen() {
        for (int second = 2; second <= 62; second++) {
            progress(second, (second - 2) * 10L, second > 3);
        }
        assertThat(lines())
                .containsExactly(
                        "0:03  10 of 1,200 mini-batches planned so far: 10 ok, 0 failed, 0 retried,"
                                + " 10/s",
                        "0:05  30 of 1,200 mini-batches: 30 ok, 0 failed, 0 retried, 10/s,"
                                + " about 1 min 57 s left",
                        "0:10  80 of 1,200 mini-batches: 80 ok, 0 failed, 0 retried, 10/s,"
                                + " about 1 min 52 s left",
                        "0:20  180 of 1,200 mini-batches: 180 ok, 0 failed, 0 retried, 10/s,"
                                + " about 1 min 42 s left",
                        "0:40  380 of 1,200 mini-batches: 380 ok, 0 failed, 0 retried, 10/s,"
                                + " about 1 min 22 s left");
    }

    @Test
    void doesNotRepeatANoteWithoutEnd() {
        for (int i = 0; i < 20; i++) {
            printed.note(new NoteEvent("lost", "worker " + i, SUBMITTED));
        }
        assertThat(lines())
                .hasSize(11)
                .last()
                .isEqualTo("0:00  more of this kind (lost) are kept for the reports only");
    }

    @Test
    void saysWhyFailuresWereAllowed() {
        JobSnapshot job = Json.read(Samples.job("oats", "Completed"), JobSnapshot.class);
        assertThat(JobSummary.of(job).lines())
                .contains("1 mini-batch and 4 items failed, which the job's thresholds allow.");
    }
}
