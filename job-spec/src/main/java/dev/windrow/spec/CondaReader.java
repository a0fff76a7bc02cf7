package dev.windrow.spec;

import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what pip can install of a conda file, and refuses the rest by name. */
final class CondaReader {
    /** Channels, name and prefix say where conda gets and puts what pip gets elsewhere. */
    private static final Set<String> KEYS = Set.of("name", "channels", "prefix", "dependencies");

    private static final Pattern PACKAGE =
            Pattern.compile("(?:[A-Za-z0-9_./-]+::)?([A-Za-z0-9_.-]+)\\s*(.*)");

    /** Options that a requirements file may have and that name no other file of this machine. */
    private static final Set<String> OPTIONS =
            Set.of(
                    "-i",
                    "--index-url",
                    "--extra-index-url",
                    "--no-index",
                    "-f",
                    "--find-links",
                    "--no-binary",
                    "--only-binary",
                    "--prefer-binary",
                    "--pre",
                    "--require-hashes",
                    "--trusted-host");

    private final CondaDocument document;
    private final Problems problems = new Problems();
    private final List<String> lines = new ArrayList<>();
    private PythonRule python = PythonRule.ANY;

    CondaReader(CondaDocument document) {
        this.document = document;
    }

    /**
     * What is to be made.
     *
     * @throws InvalidJobException with everything that cannot be
     */
    VirtualEnvironment read() {
        if (document.tree() instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> key(String.valueOf(key)));
            dependencies(map.get("dependencies"));
        } else {
            wrong("", document.tree(), "a mapping with dependencies");
        }
        if (lines.size() > VirtualEnvironment.LINES_MOST) {
            add(
                    MistakeCode.INVALID_VALUE,
                    "dependencies",
                    lines.size() + " lines for pip",
                    VirtualEnvironment.LINES_MOST + " at most");
        }
        problems.throwIfAny(document.source());
        return new VirtualEnvironment(python, lines);
    }

    private void key(String key) {
        if (key.equals("variables")) {
            add(MistakeCode.NOT_BUILT, key, "variables", "the job's environment_variables");
        } else if (!KEYS.contains(key)) {
            String hint = NearMiss.hint(key, KEYS);
            add(
                    MistakeCode.UNKNOWN_KEY,
                    key,
                    "an unknown key",
                    "name, channels, prefix or dependencies" + hint);
        }
    }

    private void dependencies(@Nullable Object value) {
        switch (value) {
            case null -> add(MistakeCode.MISSING_FIELD, "dependencies", "", "a list of packages");
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    dependency("dependencies." + i, list.get(i));
                }
            }
            case Object other -> wrong("dependencies", other, "a list of packages");
        }
    }

    private void dependency(String path, @Nullable Object value) {
        if (value instanceof String text) {
            onePackage(path, text.strip());
        } else if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of("pip"))) {
            pip(path + ".pip", map.get("pip"));
        } else {
            wrong(path, value, "a package, or a mapping with pip");
        }
    }

    private void onePackage(String path, String text) {
        Matcher matcher = PACKAGE.matcher(text);
        String name = matcher.matches() ? matcher.group(1) : "";
        if (name.equals("python")) {
            rule(path, text, matcher.group(2)).ifPresent(rule -> python = rule);
        } else if (name.equals("pip")) {
            rule(path, text, matcher.group(2))
                    .filter(rule -> !rule.equals(PythonRule.ANY))
                    .ifPresent(rule -> lines.add("pip" + rule.asRequirement()));
        } else {
            add(
                    MistakeCode.NOT_BUILT,
                    path,
                    text,
                    "python, pip, or a list below pip; packages of conda cannot be installed by pip:"
                            + " put it below pip under the name it has there, or into the Python"
                            + " that runs the script");
        }
    }

    private Optional<PythonRule> rule(String path, String text, String versions) {
        try {
            return Optional.of(new PythonRule(versions));
        } catch (IllegalArgumentException _) {
            add(MistakeCode.INVALID_VALUE, path, text, PythonRule.FORM);
            return Optional.empty();
        }
    }

    private void pip(String path, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            wrong(path, value, "a list of requirements");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text) {
                line(path + "." + i, text.strip());
            } else {
                wrong(path + "." + i, list.get(i), "a requirement");
            }
        }
    }

    private void line(String path, String text) {
        if (!VirtualEnvironment.isLine(text)) {
            add(MistakeCode.INVALID_VALUE, path, text, VirtualEnvironment.LINE_RULE);
        } else if (text.startsWith("-")) {
            option(path, text);
        } else if (text.startsWith(".") || text.matches("(?s).*@\\s*\\.{1,2}/.*")) {
            add(
                    MistakeCode.NOT_BUILT,
                    path,
                    text,
                    "a package that pip finds by its name or URL, since the environment is made"
                            + " elsewhere; what lies beside the script can be imported as it is");
        } else {
            lines.add(text);
        }
    }

    private void option(String path, String text) {
        String[] parts = text.split("[\\s=]+", 2);
        boolean relative = parts.length == 2 && parts[1].startsWith(".");
        if (OPTIONS.contains(parts[0]) && !relative) {
            lines.add(text);
            return;
        }
        String rule =
                relative
                        ? "a URL or an absolute path, since the environment is made elsewhere"
                        : "a requirement, or one of "
                                + String.join(", ", OPTIONS.stream().sorted().toList());
        add(MistakeCode.NOT_BUILT, path, text, rule);
    }

    private void wrong(String path, @Nullable Object value, String rule) {
        String shown =
                switch (value) {
                    case null -> "nothing";
                    case Map<?, ?> _ -> "a mapping";
                    case List<?> _ -> "a list";
                    case Object other -> Objects.toString(other);
                };
        add(MistakeCode.WRONG_TYPE, path, shown, rule);
    }

    private void add(MistakeCode code, String path, String value, String rule) {
        String shown = value.replaceAll("\\s+", " ");
        problems.add(code, document.place(path), document.path(path), shown, rule);
    }
}
