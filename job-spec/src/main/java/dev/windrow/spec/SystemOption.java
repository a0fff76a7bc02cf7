package dev.windrow.spec;

import dev.windrow.model.EffectiveSettings.RowOutput;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Range;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options in an argument string that the system reads; a script sees them as well. */
enum SystemOption {
    ERROR_THRESHOLD(new Value.Whole(FailureLimits.LIMIT), true),
    ALLOWED_FAILED_PERCENT(new Value.Whole(Tolerance.PERCENT), true),
    TASK_OVERHEAD_TIMEOUT(new Value.Whole(RetrySettings.SECONDS), true),
    PROGRESS_UPDATE_TIMEOUT(new Value.Whole(RetrySettings.SECONDS), true),
    FIRST_TASK_CREATION_TIMEOUT(new Value.Whole(RetrySettings.SECONDS), true),
    RESOURCE_MONITOR_INTERVAL(new Value.Whole(Range.atLeast(0)), true),
    COPY_LOGS_TO_PARENT(new Value.Flag(), true),
    PUSH_METRICS_TO_PARENT(new Value.Flag(), true),
    METRICS_NAME_PREFIX(new Value.Text("some text"), true),

    APPEND_ROW_DATAFRAME_HEADER(new Value.Flag(), false),
    APPEND_ROW_FILE_NAME(new Value.FileName(), false),
    APPEND_ROW_SAFE_OUTPUT(new Value.Flag(), false),
    ALLOWED_FAILED_COUNT(new Value.Whole(FailureLimits.LIMIT), false),
    RUN_INVOCATION_TIMEOUT(new Value.Whole(RetrySettings.SECONDS), false),
    /** Counts all attempts, as in Azure's first generation; the field counts retries. */
    RUN_MAX_TRY(new Value.Whole(Range.atLeast(1)), false),
    PROCESS_COUNT_PER_NODE(new Value.Whole(RunSettings.CONCURRENCY), false),
    MINI_BATCH_SIZE(new Value.Size(), false),
    LOGGING_LEVEL(
            new Value.Word(Arrays.stream(LoggingLevel.values()).map(Enum::name).toList()), false),
    PROFILING_MODULE(new Value.Word(List.of("cProfile", "profile")), false);

    @SuppressWarnings("ImmutableEnumChecker") // a record whose lists are made by List.of or toList
    private final Value value;

    private final boolean documented;

    SystemOption(Value value, boolean documented) {
        this.value = value;
        this.documented = documented;
    }

    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether Azure documents the option, which makes its prefixes good as well. */
    boolean documented() {
        return documented;
    }

    Value value() {
        return value;
    }

    static Optional<SystemOption> find(String flag) {
        return Arrays.stream(values()).filter(option -> option.flag().equals(flag)).findFirst();
    }

    /** What an option's value may be. */
    sealed interface Value {
        record Whole(Range range) implements Value {}

        record Flag() implements Value {}

        record Text(String said) implements Value {}

        record FileName() implements Value {}

        record Size() implements Value {}

        record Word(List<String> words) implements Value {}

        /** Says the rule in words. */
        default String rule() {
            return switch (this) {
                case Whole whole -> whole.range.rule();
                case Flag _ -> "True or False";
                case Text text -> text.said;
                case FileName _ -> RowOutput.FILE_NAME_RULE;
                case Size _ -> MiniBatchSize.RULE;
                case Word word -> "one of " + String.join(", ", word.words);
            };
        }

        /** Tells whether the text is such a value. */
        default boolean allows(String text) {
            return switch (this) {
                case Whole(Range range) ->
                        text.matches("[-+]?[0-9]{1,10}") && range.holds(Long.parseLong(text));
                case Flag _ -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
                case Text _ -> !text.isBlank();
                case FileName _ -> RowOutput.isFileName(text);
                case Size _ -> isSize(text);
                case Word(List<String> words) -> words.stream().anyMatch(text::equalsIgnoreCase);
            };
        }

        private static boolean isSize(String text) {
            try {
                return new MiniBatchSize(text).value() > 0;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }
}
