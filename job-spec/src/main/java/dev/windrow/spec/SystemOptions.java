package dev.windrow.spec;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options that the system found in the arguments of a script; the script sees them as well.
 *
 * <p>Only documented names, and those seen in Azure's own samples, are reserved. A documented name
 * may be shortened as far as its first underscore and one letter more, if only one name fits and
 * the value is legal; everything else belongs to the script. The last of several equal options
 * counts.
 */
final class SystemOptions {
    static final String PATH = "task.program_arguments";

    private static final Set<SystemOption> OF_A_PARENT =
            Set.of(
                    SystemOption.COPY_LOGS_TO_PARENT,
                    SystemOption.PUSH_METRICS_TO_PARENT,
                    SystemOption.METRICS_NAME_PREFIX);

    private final Map<SystemOption, String> values = new EnumMap<>(SystemOption.class);
    private final Problems problems;
    private final Place place;

    private SystemOptions(Problems problems, Place place) {
        this.problems = problems;
        this.place = place;
    }

    static SystemOptions parse(List<String> argv, Problems problems, Place place) {
        SystemOptions options = new SystemOptions(problems, place);
        for (int i = 0; i < argv.size(); i++) {
            String next = i + 1 < argv.size() ? argv.get(i + 1) : "";
            options.argument(argv.get(i), next);
        }
        return options;
    }

    /** Gives the value of an option, checked. */
    Optional<String> value(SystemOption option) {
        return Optional.ofNullable(values.get(option));
    }

    private void argument(String argument, String next) {
        if (!argument.startsWith("--") || argument.length() < 4) {
            return;
        }
        int equals = argument.indexOf('=');
        String flag = equals < 0 ? argument : argument.substring(0, equals);
        String value = unquoted(equals < 0 ? next : argument.substring(equals + 1));
        if (isRefused(flag, value)) {
            return;
        }
        Optional<SystemOption> exact = SystemOption.find(flag);
        if (exact.isPresent()) {
            take(exact.get(), flag, value);
        } else {
            prefixed(flag).ifPresent(option -> takeShort(option, flag, value));
        }
    }

    /** Quotes reach the script as they are, but a number in quotes is still a number here. */
    private static String unquoted(String value) {
        int last = value.length() - 1;
        boolean quoted =
                last > 0
                        && value.charAt(0) == value.charAt(last)
                        && (value.charAt(0) == '\'' || value.charAt(0) == '"');
        return quoted ? value.substring(1, last) : value;
    }

    private boolean isRefused(String flag, String value) {
        if (flag.equals("--resume_from")) {
            refuse(flag, value, "no --resume_from, which is not built; resume the job by its name");
            return true;
        }
        if (flag.startsWith("--amlbi_")) {
            refuse(flag, value, "no option of Azure's previews, which are not built; leave it out");
            return true;
        }
        return false;
    }

    private void refuse(String flag, String value, String rule) {
        String shown = value.isEmpty() ? flag : flag + " " + value;
        problems.add(MistakeCode.NOT_BUILT, place, PATH, shown, rule);
    }

    private void take(SystemOption option, String flag, String value) {
        if (!option.value().allows(value)) {
            String shown = value.isEmpty() ? flag : flag + " " + value;
            problems.add(MistakeCode.INVALID_VALUE, place, PATH, shown, option.value().rule());
            return;
        }
        if (OF_A_PARENT.contains(option)) {
            if (!value.toLowerCase(Locale.ROOT).equals("false")) {
                note(flag, flag + ": has no effect, there is no parent job on one machine");
            }
            return;
        }
        values.put(option, value);
    }

    private void takeShort(SystemOption option, String flag, String value) {
        if (option.value().allows(value)) {
            note(flag, flag + ": taken for " + option.flag());
            take(option, flag, value);
        } else {
            note(
                    flag,
                    flag + ": left to the script, though it begins as " + option.flag() + " does");
        }
    }

    private void note(String flag, String text) {
        problems.warn(flag, place, text);
    }

    private static Optional<SystemOption> prefixed(String flag) {
        int underscore = flag.indexOf('_');
        if (underscore < 0 || underscore == flag.length() - 1) {
            return Optional.empty();
        }
        List<SystemOption> fitting =
                Arrays.stream(SystemOption.values())
                        .filter(SystemOption::documented)
                        .filter(option -> option.flag().startsWith(flag))
                        .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }
}
