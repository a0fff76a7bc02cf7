package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.JobListener.NoteEvent;
import dev.windrow.client.JobListener.ProgressEvent;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a server's job while it runs. */
final class ToldTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int TOTAL = 100_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = BEGIN;
    private final Told told =
            new Told(
                    new Shell(
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            false,
                            false,
                            Map.of(),
                            () -> now,
                            BEGIN),
                    job(),
                    4);

    private static JobSnapshot job() {
        return new JobSnapshot(
                "/workspaces/default/jobs/oats",
                "oats",
                "default",
                "parallel",
                JobStatus.RUNNING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new JobSnapshot.CreationContext(
                        "ann", Optional.empty(), BEGIN, "ann", Optional.empty(), BEGIN),
                Optional.of(BEGIN),
                Optional.empty(),
                false,
                "local",
                new MiniBatchCounts(0, 0, 0, 0, 0, 0),
                new ItemCounts(0, 0, 0, 0),
                Map.of(),
                Optional.empty(),
                "http://localhost/jobs/oats",
                "http://localhost/jobs/oats/logs",
                Optional.empty(),
                List.of());
    }

    private void progress(int agents, long ended) {
        told.progress(
                new ProgressEvent(
                        JobStatus.RUNNING,
                        Optional.empty(),
                        true,
                        new MiniBatchCounts(TOTAL, ended, 0, TOTAL - ended, ended, 0),
                        new ItemCounts(TOTAL, ended, 0, TOTAL - ended),
                        agents,
                        4));
    }

    /** At a hundred mini-batches a second. */
    private long work(int seconds, long before) {
        long ended = before;
        for (int i = 0; i < seconds * 2; i++) {
            now = now.plusMillis(500);
            ended += 50;
            progress(2, ended);
        }
        return ended;
    }

    private List<String> rates() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("/s"))
                .map(line -> line.replaceAll(".*retried, ([^,]*).*", "$1"))
                .toList();
    }

    private void waits(String text) {
        now = now.plusSeconds(1);
        told.progress(
                new ProgressEvent(
                        JobStatus.QUEUED,
                        Optional.of(text).filter(one -> !one.isEmpty()),
                        false,
                        new MiniBatchCounts(0, 0, 0, 0, 0, 0),
                        new ItemCounts(0, 0, 0, 0),
                        0,
                        0));
    }

    @Test
    void showsWhatTheJobWaitsForSeldomAndNothingTwice() {
        waits("waits for one of the 2 jobs to end that may run at a time");
        waits("waits for one of the 2 jobs to end that may run at a time");
        waits("");
        told.note(new NoteEvent("fleet_waits", "the image is being fetched", now));
        waits("the image is being fetched");
        waits("over in a moment");
        waits("no node has room");
        told.note(new NoteEvent("fleet_waits", "no node has room", now));
        now = now.plusSeconds(5);
        waits("the image is being fetched");
        waits("the quota is used up");
        assertThat(err.toString(StandardCharsets.UTF_8).lines().skip(1))
                .containsExactly(
                        "0:01  waits for one of the 2 jobs to end that may run at a time",
                        "0:03  the image is being fetched",
                        "0:06  no node has room",
                        "0:13  the quota is used up");
    }

    @Test
    void showsNoOtherPaceWhenTheServerComesBack() {
        progress(2, 0);
        long before = work(60, 0);
        told.disconnected();
        now = now.plusSeconds(40);
        told.reconnected();
        progress(0, before);
        now = now.plusSeconds(5);
        // One agent after the other tells what it has done without a server.
        progress(1, before + 500);
        now = now.plusSeconds(3);
        progress(2, before + 1_000);
        work(120, before + 1_000);
        assertThat(rates()).hasSizeGreaterThan(5).containsOnly("100/s");
    }
}
