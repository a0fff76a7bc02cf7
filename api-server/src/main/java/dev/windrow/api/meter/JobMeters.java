package dev.windrow.api.meter;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.host.Hosted;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Measures the jobs of a server: all together, and those that run each by itself, up to a bound.
 */
public final class JobMeters {

    private final ServerMeters meters;
    private final Supplier<List<Hosted>> source;
    private final MultiGauge miniBatches;
    private final MultiGauge items;
    private final MultiGauge agents;
    private volatile List<Hosted> seen = List.of();

    /**
     * @param source the jobs that wait or run now; must not block
     */
    public JobMeters(ServerMeters meters, Supplier<List<Hosted>> source) {
        this.meters = meters;
        this.source = source;
        this.miniBatches = series(MeterCatalogue.JOB_MINI_BATCHES);
        this.items = series(MeterCatalogue.JOB_ITEMS);
        this.agents = series(MeterCatalogue.JOB_AGENTS);
        for (JobStatus status : JobStatus.values()) {
            if (!status.terminal()) {
                meters.gauge(
                        MeterCatalogue.JOBS,
                        Tags.of("status", status.text()),
                        () -> seen.stream().filter(job -> job.status() == status).count());
            }
        }
        sum(
                MeterCatalogue.QUEUE,
                job -> job.status() == JobStatus.QUEUED && job.progress().isEmpty() ? 1 : 0);
        sum(MeterCatalogue.WAITING, Hosted::miniBatchesWaiting);
        sum(MeterCatalogue.LEASED, job -> job.progress().map(JobProgress::leased).orElse(0));
        sum(MeterCatalogue.AGENTS, job -> job.progress().map(JobProgress::agents).orElse(0));
        sum(MeterCatalogue.BUSY, Hosted::workersBusy);
        meters.gauge(
                MeterCatalogue.JOBS_WITHOUT,
                Tags.empty(),
                () -> Math.max(0, running().count() - MeterCatalogue.JOBS_MOST));
    }

    private MultiGauge series(MeterSpec spec) {
        return MultiGauge.builder(spec.name()).description(spec.help()).register(meters.registry());
    }

    private void sum(MeterSpec spec, ToLongFunction<Hosted> amount) {
        meters.gauge(spec, Tags.empty(), () -> seen.stream().mapToLong(amount).sum());
    }

    private java.util.stream.Stream<Hosted> running() {
        return seen.stream().filter(job -> job.progress().isPresent());
    }

    /** Everything as it is now, as Prometheus text; one at a time. */
    public synchronized String scrape() {
        seen = source.get();
        List<Hosted> shown =
                running()
                        .sorted(Comparator.comparing(job -> job.key().id()))
                        .limit(MeterCatalogue.JOBS_MOST)
                        .toList();
        List<Row<?>> batchRows = new ArrayList<>();
        List<Row<?>> itemRows = new ArrayList<>();
        List<Row<?>> agentRows = new ArrayList<>();
        for (Hosted job : shown) {
            JobProgress progress = job.progress().orElseThrow();
            Counts counts = progress.counts();
            Tags tags = Tags.of("workspace", job.key().workspace(), "job", job.key().name());
            add(
                    batchRows,
                    tags,
                    Map.of(
                            "succeeded", counts.succeededMiniBatches(),
                            "failed", counts.failedMiniBatches(),
                            "outstanding", counts.outstandingMiniBatches()));
            add(
                    itemRows,
                    tags,
                    Map.of(
                            "succeeded", counts.succeededItems(),
                            "failed", counts.failedItems(),
                            "outstanding", counts.outstandingItems()));
            agentRows.add(Row.of(tags, progress.agents()));
        }
        miniBatches.register(batchRows, true);
        items.register(itemRows, true);
        agents.register(agentRows, true);
        return meters.scrape();
    }

    private static void add(List<Row<?>> rows, Tags tags, Map<String, Long> states) {
        for (String state : Arrays.asList("succeeded", "failed", "outstanding")) {
            rows.add(Row.of(tags.and("state", state), states.getOrDefault(state, 0L)));
        }
    }
}
