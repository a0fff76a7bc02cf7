package dev.windrow.api.meter;

import dev.windrow.api.http.Traffic;
import dev.windrow.api.meter.MeterSpec.Kind;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.runtime.host.HostMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a server. Whatever is counted for each group of facts or each request costs some
 * additions, no lock and no wait.
 */
public final class ServerMeters implements HostMeters, Traffic {

    private static final Duration[] BUCKETS =
            Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);
    private static final int CLASS = 100;

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LongSupplier nanos;

    /** The library forgets what nobody else holds. */
    private final List<Supplier<Number>> kept = new ArrayList<>();

    private final Counter submitted;
    private final Map<JobStatus, Counter> ended = new EnumMap<>(JobStatus.class);
    private final Map<ResultOutcome, Counter> outcomes = new EnumMap<>(ResultOutcome.class);
    private final Map<FailureCause, Counter> causes = new EnumMap<>(FailureCause.class);
    private final Counter bytes;
    private final Timer commit;
    private final Timer lease;

    /**
     * @param version of this program
     * @param nanos a clock that only goes forward
     */
    public ServerMeters(String version, LongSupplier nanos) {
        this.nanos = nanos;
        gauge(MeterCatalogue.SERVER, Tags.of("version", version), () -> 1);
        submitted = counter(MeterCatalogue.SUBMITTED, Tags.empty());
        for (JobStatus one : JobStatus.values()) {
            if (one.terminal()) {
                ended.put(one, counter(MeterCatalogue.ENDED, Tags.of("status", one.text())));
            }
        }
        for (ResultOutcome one : ResultOutcome.values()) {
            Tags tags = Tags.of("outcome", lower(one));
            outcomes.put(one, counter(MeterCatalogue.MINI_BATCHES, tags));
        }
        for (FailureCause one : FailureCause.values()) {
            causes.put(one, counter(MeterCatalogue.ATTEMPTS, Tags.of("cause", lower(one))));
        }
        bytes = counter(MeterCatalogue.ROW_BYTES, Tags.empty());
        commit = histogram(MeterCatalogue.COMMIT, Tags.empty());
        lease = histogram(MeterCatalogue.LEASE, Tags.empty());
        JvmMeters.in(this);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void check(MeterSpec spec, Kind kind, Tags tags) {
        List<String> keys = tags.stream().map(tag -> tag.getKey()).sorted().toList();
        if (spec.kind() != kind || !keys.equals(spec.tags().stream().sorted().toList())) {
            throw new IllegalArgumentException(
                    "meter: %s with %s (expected: as the catalogue has it)"
                            .formatted(spec.name(), keys));
        }
    }

    /** A gauge that is read at each scrape; must not block. */
    void gauge(MeterSpec spec, Tags tags, Supplier<Number> value) {
        check(spec, Kind.GAUGE, tags);
        Gauge.builder(spec.name(), value).description(spec.help()).tags(tags).register(registry);
    }

    /** A counter whose value something else keeps. */
    void counted(MeterSpec spec, Tags tags, Supplier<Number> value) {
        check(spec, Kind.COUNTER, tags);
        kept.add(value);
        FunctionCounter.builder(spec.name(), value, one -> one.get().doubleValue())
                .description(spec.help())
                .tags(tags)
                .register(registry);
    }

    private Counter counter(MeterSpec spec, Tags tags) {
        check(spec, Kind.COUNTER, tags);
        return Counter.builder(spec.name()).description(spec.help()).tags(tags).register(registry);
    }

    private Timer histogram(MeterSpec spec, Tags tags) {
        check(spec, Kind.HISTOGRAM, tags);
        return Timer.builder(spec.name())
                .description(spec.help())
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** What the registry of all meters is. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Everything, as Prometheus text. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public JobStore around(JobStore store) {
        return new MeteredStore(store, this::committed, nanos);
    }

    private void committed(long took, MeteredStore.Group group) {
        commit.record(took, TimeUnit.NANOSECONDS);
        group.outcomes.forEach((one, count) -> add(outcomes.get(one), count));
        group.causes.forEach((one, count) -> add(causes.get(one), count));
        if (group.bytes > 0) {
            bytes.increment((double) group.bytes);
        }
    }

    private static void add(@Nullable Counter counter, int count) {
        if (counter != null) {
            counter.increment(count);
        }
    }

    @Override
    public void leased(Duration wait) {
        lease.record(wait);
    }

    @Override
    public void submitted() {
        submitted.increment();
    }

    @Override
    public void ended(JobStatus status) {
        add(ended.get(status), 1);
    }

    @Override
    public Mark began(String operation) {
        long began = nanos.getAsLong();
        return status -> {
            String hundred = status / CLASS + "xx";
            histogram(MeterCatalogue.HTTP, Tags.of("operation", operation, "status", hundred))
                    .record(nanos.getAsLong() - began, TimeUnit.NANOSECONDS);
        };
    }
}
