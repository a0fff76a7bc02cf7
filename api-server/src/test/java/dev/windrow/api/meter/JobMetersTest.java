package dev.windrow.api.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.host.Hosted;
import dev.windrow.store.register.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobMetersTest {

    private static Hosted running(String name) {
        JobProgress.Phases phases =
                new JobProgress.Phases(
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Counts counts = new Counts(true, 10, 4, 1, 20, 8, 2, 8, 5, 0);
        JobProgress progress =
                new JobProgress(JobStatus.RUNNING, Optional.empty(), "", counts, 2, 1, 3, phases);
        return new Hosted(new JobKey("default", name), JobStatus.RUNNING, Optional.of(progress), 2);
    }

    @Test
    void noMoreJobsHaveSeriesThanTheBoundAndAllAreInTheSums() {
        List<Hosted> jobs = new ArrayList<>();
        for (int i = 0; i < MeterCatalogue.JOBS_MOST + 50; i++) {
            jobs.add(running("job%03d".formatted(i)));
        }
        JobMeters meters = new JobMeters(new ServerMeters("1", () -> 0), () -> jobs);
        String text = meters.scrape();
        assertThat(text.lines().filter(line -> line.startsWith("windrow_job_agents{")))
                .hasSize(MeterCatalogue.JOBS_MOST);
        assertThat(text)
                .contains("windrow_jobs_without_series 50.0\n")
                .contains("windrow_mini_batches_leased 750.0\n")
                .contains("windrow_mini_batches_waiting 500.0\n")
                .contains("windrow_workers_busy 500.0\n")
                .contains("windrow_jobs{status=\"Running\"} 250.0\n");
        jobs.clear();
        assertThat(meters.scrape().lines().filter(line -> line.contains("job=\""))).isEmpty();
    }
}
