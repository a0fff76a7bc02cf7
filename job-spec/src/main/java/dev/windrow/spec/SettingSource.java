package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.Input;
import dev.windrow.model.Setting;
import dev.windrow.model.Setting.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds the value of each setting and remembers where it came from. */
final class SettingSource {
    private final LoadedJob loaded;
    private final SystemOptions options;
    private final Problems problems;
    private final List<Setting> printed = new ArrayList<>();

    SettingSource(LoadedJob loaded, SystemOptions options, Problems problems) {
        this.loaded = loaded;
        this.options = options;
        this.problems = problems;
    }

    SystemOptions options() {
        return options;
    }

    List<Setting> printed() {
        return printed;
    }

    /** Gives a number of a field that an option may replace. */
    long whole(
            String path, Optional<Bindable<Integer>> field, SystemOption option, long otherwise) {
        Optional<String> given = field.flatMap(value -> text(path, value, String::valueOf));
        return choose(path, given, options.value(option), Long::parseLong, otherwise, "");
    }

    /** Gives retries; the option counts attempts. */
    int retries(Optional<Bindable<Integer>> field) {
        String path = "retry_settings.max_retries";
        Optional<String> given = field.flatMap(value -> text(path, value, String::valueOf));
        Optional<String> tries =
                options.value(SystemOption.RUN_MAX_TRY)
                        .map(text -> String.valueOf(Long.parseLong(text) - 1));
        return choose(path, given, tries, Integer::parseInt, 2, "");
    }

    /** Gives seconds of a field that an option may replace. */
    Duration seconds(
            String path,
            Optional<Bindable<Integer>> field,
            SystemOption option,
            Duration otherwise) {
        Optional<String> given = field.flatMap(value -> text(path, value, String::valueOf));
        return seconds(path, given, options.value(option), otherwise);
    }

    /** Gives seconds that only an option can set. */
    Duration seconds(SystemOption option, Duration otherwise) {
        return seconds(name(option), Optional.empty(), options.value(option), otherwise);
    }

    private Duration seconds(
            String path, Optional<String> field, Optional<String> option, Duration otherwise) {
        return Duration.ofSeconds(
                choose(path, field, option, Long::parseLong, otherwise.toSeconds(), " s"));
    }

    /** Gives what only an option can set. */
    <T> T option(SystemOption option, Function<String, T> parse, T otherwise) {
        return choose(name(option), Optional.empty(), options.value(option), parse, otherwise, "");
    }

    /** Gives a field that an option may replace. */
    <T> T choose(
            String path,
            Optional<String> field,
            Optional<String> option,
            Function<String, T> parse,
            T otherwise,
            String unit) {
        Optional<T> ofField = field.map(parse);
        Optional<T> ofOption = option.map(parse);
        if (ofField.isPresent() && ofOption.isPresent() && !ofField.equals(ofOption)) {
            problems.warn(
                    path,
                    loaded.place(path),
                    path
                            + ": "
                            + ofField.get()
                            + unit
                            + " gives way to "
                            + ofOption.get()
                            + unit
                            + " in task.program_arguments");
        }
        T value = ofOption.or(() -> ofField).orElse(otherwise);
        Origin origin =
                ofOption.isPresent()
                        ? Origin.OPTION
                        : ofField.isPresent() ? origin(path) : Origin.DEFAULT;
        print(path, value + unit, origin);
        return value;
    }

    void print(String path, String value, Origin origin) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        printed.add(new Setting(name, value, origin));
    }

    private Origin origin(String path) {
        boolean overridden =
                loaded.overridden().stream()
                        .anyMatch(set -> path.equals(set) || path.startsWith(set + "."));
        return overridden ? Origin.COMMAND_LINE : Origin.JOB_FILE;
    }

    /** Gives a setting as text, following a binding to its input. */
    <T> Optional<String> text(String path, Bindable<T> setting, Function<T, String> write) {
        return switch (setting) {
            case Bindable.Given<T>(T value) -> Optional.of(write.apply(value));
            case Bindable.Bound<T>(String input) -> bound(path, input);
        };
    }

    private Optional<String> bound(String path, String name) {
        Input input = loaded.job().inputs().getOrDefault(name, new Input.Absent(Optional.empty()));
        Optional<String> rule =
                SettingBinding.of(loaded.job()).stream()
                        .filter(binding -> binding.path().equals(path))
                        .findFirst()
                        .flatMap(binding -> binding.problem(input));
        if (rule.isPresent() || !(input instanceof Input.Literal literal)) {
            problems.add(
                    MistakeCode.INVALID_VALUE,
                    loaded.place(path),
                    path,
                    SettingBinding.shown(name, input),
                    rule.orElse("a literal input"));
            return Optional.empty();
        }
        return Optional.of(literal.text());
    }

    private static String name(SystemOption option) {
        return option.name().toLowerCase(Locale.ROOT);
    }
}
