package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.Input;
import dev.windrow.model.JobResources;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.Range;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting that takes its value from a literal input.
 *
 * @param range what the value may be; empty for a size
 */
record SettingBinding(String path, Bindable.Bound<?> bound, Optional<Range> range) {
    /** Gives all settings of a job that are bound. */
    static List<SettingBinding> of(ParallelJob job) {
        List<SettingBinding> found = new ArrayList<>();
        RunSettings settings = job.settings();
        FailureLimits limits = settings.failureLimits();
        RetrySettings retries = settings.retrySettings();
        add(found, "error_threshold", limits.errorThreshold(), FailureLimits.LIMIT);
        add(
                found,
                "mini_batch_error_threshold",
                limits.miniBatchErrorThreshold(),
                FailureLimits.LIMIT);
        add(found, "retry_settings.max_retries", retries.maxRetries(), RetrySettings.MAX_RETRIES);
        add(found, "retry_settings.timeout", retries.timeout(), RetrySettings.SECONDS);
        add(
                found,
                "max_concurrency_per_instance",
                settings.maxConcurrencyPerInstance(),
                RunSettings.CONCURRENCY);
        add(
                found,
                "resources.instance_count",
                job.placement().resources().instanceCount(),
                JobResources.INSTANCES);
        if (job.split().miniBatchSize().orElse(null) instanceof Bindable.Bound<?> bound) {
            found.add(new SettingBinding("mini_batch_size", bound, Optional.empty()));
        }
        return found;
    }

    private static void add(
            List<SettingBinding> found,
            String path,
            Optional<Bindable<Integer>> setting,
            Range range) {
        if (setting.orElse(null) instanceof Bindable.Bound<?> bound) {
            found.add(new SettingBinding(path, bound, Optional.of(range)));
        }
    }

    /** Gives the rule that the input breaks, if it breaks one. */
    Optional<String> problem(Input input) {
        String rule = range.map(Range::rule).orElse(MiniBatchSize.RULE);
        boolean legal = input instanceof Input.Literal literal && fits(literal.text());
        return legal ? Optional.empty() : Optional.of("a literal input, " + rule);
    }

    private boolean fits(String text) {
        return range.map(SystemOption.Value.Whole::new)
                .<SystemOption.Value>map(value -> value)
                .orElseGet(SystemOption.Value.Size::new)
                .allows(text);
    }

    static String shown(String name, Input input) {
        return switch (input) {
            case Input.Literal literal -> name + " = " + literal.text();
            case Input.Data data -> name + " = " + data.path();
            case Input.Absent _ -> name + " without a value";
        };
    }
}
