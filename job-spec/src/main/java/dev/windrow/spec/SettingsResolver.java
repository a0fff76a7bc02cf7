package dev.windrow.spec;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.EffectiveSettings.BatchSize;
import dev.windrow.model.EffectiveSettings.RowOutput;
import dev.windrow.model.EffectiveSettings.Staffing;
import dev.windrow.model.EffectiveSettings.Telemetry;
import dev.windrow.model.EffectiveSettings.TimeLimits;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.JobResources;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunSettings;
import dev.windrow.model.Setting.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Resolves the settings a job runs by on one machine.
 *
 * <p>An option in the arguments wins over a field, with a notice when they differ.
 */
public final class SettingsResolver {
    private final LoadedJob loaded;

    /** An instance count for as many as there are. */
    private static final String ALL = "-1";

    private final MachineFacts machine;
    private final Problems problems = new Problems();
    private final SettingSource source;
    private final RunSettings fields;

    private SettingsResolver(LoadedJob loaded, List<String> argv, MachineFacts machine) {
        this.loaded = loaded;
        this.machine = machine;
        this.fields = loaded.job().settings();
        Place place = loaded.place(SystemOptions.PATH);
        this.source =
                new SettingSource(loaded, SystemOptions.parse(argv, problems, place), problems);
    }

    /**
     * Resolves all settings.
     *
     * @param argv the script's arguments after substitution; they stay as they are
     * @throws InvalidJobException when options or bound values are illegal, or the job asks for
     *     what is not built
     */
    public static ResolvedSettings resolve(
            LoadedJob loaded, List<String> argv, MachineFacts machine) {
        return new SettingsResolver(loaded, argv, machine).resolve();
    }

    private ResolvedSettings resolve() {
        refusePartitionKeys();
        BatchSize size = batchSize();
        Staffing staffing = staffing();
        Tolerance tolerance = tolerance();
        int retries = source.retries(fields.retrySettings().maxRetries());
        TimeLimits limits = timeLimits(retries);
        RowOutput rows = rowOutput();
        Telemetry telemetry = telemetry();
        UnusedFields.report(loaded, machine.elastic(), problems);
        problems.throwIfAny(loaded.job().labels().name().map(Object::toString).orElse("job"));
        EffectiveSettings settings =
                new EffectiveSettings(
                        size,
                        staffing,
                        tolerance,
                        retries,
                        limits,
                        rows,
                        telemetry,
                        source.printed());
        return new ResolvedSettings(settings, problems.warnings());
    }

    private void refusePartitionKeys() {
        List<String> keys = loaded.job().split().partitionKeys();
        if (keys.isEmpty()) {
            return;
        }
        if (loaded.job().split().miniBatchSize().isPresent()) {
            problems.warn(
                    "mini_batch_size",
                    loaded.place("mini_batch_size"),
                    "mini_batch_size: gives way to partition_keys");
        }
        problems.add(
                MistakeCode.NOT_BUILT,
                loaded.place("partition_keys"),
                "partition_keys",
                String.join(", ", keys),
                "mini_batch_size instead; partition keys are not built yet");
    }

    private BatchSize batchSize() {
        String path = "mini_batch_size";
        Optional<String> option = source.options().value(SystemOption.MINI_BATCH_SIZE);
        Optional<String> field =
                loaded.job()
                        .split()
                        .miniBatchSize()
                        .flatMap(size -> source.text(path, size, MiniBatchSize::text));
        if (option.isEmpty() && field.isEmpty()) {
            source.print(path, "10 files, or 1 MB of a table", Origin.DEFAULT);
            return BatchSize.DEFAULT;
        }
        MiniBatchSize size =
                source.choose(path, field, option, MiniBatchSize::new, MiniBatchSize.of(10), "");
        return new BatchSize(size.value(), size.value());
    }

    private Staffing staffing() {
        int workers =
                (int)
                        source.whole(
                                "max_concurrency_per_instance",
                                fields.maxConcurrencyPerInstance(),
                                SystemOption.PROCESS_COUNT_PER_NODE,
                                machine.defaultWorkers());
        return new Staffing(workers, instances());
    }

    private int instances() {
        String path = "resources.instance_count";
        if (machine.instances().isPresent()) {
            int count = machine.instances().getAsInt();
            source.print(path, String.valueOf(count), Origin.COMMAND_LINE);
            return count;
        }
        JobResources resources = loaded.job().placement().resources();
        Optional<String> asked =
                resources
                        .instanceCount()
                        .flatMap(count -> source.text(path, count, String::valueOf))
                        .filter(count -> !count.equals("1"));
        if (asked.isPresent() && machine.elastic()) {
            return source.choose(
                    path,
                    Optional.of(asked.get().equals(ALL) ? all(resources) : asked.get()),
                    Optional.empty(),
                    Integer::parseInt,
                    1,
                    "");
        }
        asked.ifPresent(count ->
                warnOf(
                        path,
                        count,
                        "one machine runs one instance unless --instances says otherwise"));
        source.print(path, "1", Origin.DEFAULT);
        return 1;
    }

    /** Where machines come as they are asked for, nobody knows how many there are. */
    private String all(JobResources resources) {
        return resources
                .maxInstanceCount()
                .map(String::valueOf)
                .orElseGet(() -> {
                    warnOf(
                            "resources.instance_count",
                            ALL,
                            "taken for 1; as many as resources.max_instance_count says, if it is given");
                    return "1";
                });
    }

    private void warnOf(String path, String value, String why) {
        problems.warn(path, loaded.place(path), "%s: %s (%s)".formatted(path, value, why));
    }

    private Tolerance tolerance() {
        FailureLimits limits = fields.failureLimits();
        long items =
                source.whole(
                        "error_threshold",
                        limits.errorThreshold(),
                        SystemOption.ERROR_THRESHOLD,
                        -1);
        long miniBatches =
                source.whole(
                        "mini_batch_error_threshold",
                        limits.miniBatchErrorThreshold(),
                        SystemOption.ALLOWED_FAILED_COUNT,
                        -1);
        int percent = source.option(SystemOption.ALLOWED_FAILED_PERCENT, Integer::parseInt, 100);
        return new Tolerance(items, miniBatches, percent);
    }

    private TimeLimits timeLimits(int retries) {
        RetrySettings settings = fields.retrySettings();
        Duration run =
                source.seconds(
                        "retry_settings.timeout",
                        settings.timeout(),
                        SystemOption.RUN_INVOCATION_TIMEOUT,
                        TimeLimits.RUN);
        Duration overhead = source.seconds(SystemOption.TASK_OVERHEAD_TIMEOUT, TimeLimits.OVERHEAD);
        Duration progress =
                source.seconds(
                        SystemOption.PROGRESS_UPDATE_TIMEOUT,
                        TimeLimits.progressDefault(run, overhead, retries));
        Duration first =
                source.seconds(SystemOption.FIRST_TASK_CREATION_TIMEOUT, TimeLimits.FIRST_TASK);
        return new TimeLimits(run, overhead, progress, first);
    }

    private RowOutput rowOutput() {
        return new RowOutput(
                source.option(
                        SystemOption.APPEND_ROW_DATAFRAME_HEADER, Boolean::parseBoolean, false),
                source.option(SystemOption.APPEND_ROW_FILE_NAME, name -> name, RowOutput.FILE_NAME),
                source.option(SystemOption.APPEND_ROW_SAFE_OUTPUT, Boolean::parseBoolean, false));
    }

    private Telemetry telemetry() {
        LoggingLevel level =
                source.choose(
                        "logging_level",
                        fields.loggingLevel().map(Enum::name),
                        source.options().value(SystemOption.LOGGING_LEVEL),
                        text -> LoggingLevel.valueOf(text.toUpperCase(Locale.ROOT)),
                        LoggingLevel.INFO,
                        "");
        Duration interval =
                source.seconds(
                        SystemOption.RESOURCE_MONITOR_INTERVAL,
                        Telemetry.DEFAULT.resourceMonitorInterval());
        Optional<String> module =
                source.options().value(SystemOption.PROFILING_MODULE).map(SettingsResolver::module);
        source.print(
                "profiling_module",
                module.orElse("none"),
                module.isPresent() ? Origin.OPTION : Origin.DEFAULT);
        return new Telemetry(level, interval, module);
    }

    private static String module(String typed) {
        return typed.equalsIgnoreCase("profile") ? "profile" : "cProfile";
    }
}
