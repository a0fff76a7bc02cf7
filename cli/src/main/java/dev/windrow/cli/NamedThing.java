package dev.windrow.cli;

import dev.windrow.model.compute.ComputeName;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Which compute or datastore is meant, and for some verbs which file: as a word or by an option. A
 * first word with a dot or slash is the file, for no name has one.
 */
final class NamedThing {

    private static final Pattern DATASTORE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,254}");

    private final String what;
    private final Predicate<String> legal;
    private final String rule;
    private final OptionSpec byName;
    private final PositionalParamSpec first;
    private final @Nullable OptionSpec byFile;
    private final @Nullable PositionalParamSpec second;

    private NamedThing(String what, Predicate<String> legal, String rule, boolean withFile) {
        this.what = what;
        this.legal = legal;
        this.rule = rule;
        this.byName = Args.text("NAME", "the " + what + ", as az ml has it", "-n", "--name");
        this.first =
                Args.maybeOperand(0, "NAME", String.class)
                        .description("the %s's name".formatted(what))
                        .build();
        this.byFile =
                withFile ? Args.path("FILE", "the file, as az ml has it", "-f", "--file") : null;
        this.second =
                withFile
                        ? Args.maybeOperand(1, "FILE", File.class)
                                .description("YAML as for az ml, or a document of show -o json")
                                .build()
                        : null;
    }

    static NamedThing compute() {
        return new NamedThing("compute", ComputeName::isLegal, ComputeName.RULE, false);
    }

    static NamedThing computeWithFile() {
        return new NamedThing("compute", ComputeName::isLegal, ComputeName.RULE, true);
    }

    static NamedThing datastore() {
        return datastore(false);
    }

    static NamedThing datastoreWithFile() {
        return datastore(true);
    }

    private static NamedThing datastore(boolean withFile) {
        return new NamedThing(
                "datastore",
                name -> DATASTORE.matcher(name).matches(),
                "1 to 255 letters, digits, _ or -, the first no -",
                withFile);
    }

    /** The words it may be given by. */
    PositionalParamSpec[] operands() {
        PositionalParamSpec file = second;
        return file == null
                ? new PositionalParamSpec[] {first}
                : new PositionalParamSpec[] {first, file};
    }

    /** The options it may be given by. */
    List<OptionSpec> options() {
        OptionSpec file = byFile;
        return file == null ? List.of(byName) : List.of(byName, file);
    }

    private boolean firstIsFile() {
        return second != null
                && Args.text(first)
                        .filter(word ->
                                Args.text(byName).isPresent()
                                        || word.contains(".")
                                        || word.contains("/"))
                        .isPresent();
    }

    /**
     * The name.
     *
     * @param inFile the name in the file, for when it is given nowhere else
     */
    String name(Optional<String> inFile) {
        Optional<String> option = Args.text(byName);
        Optional<String> word = firstIsFile() ? Optional.empty() : Args.text(first);
        if (option.isPresent() && word.isPresent()) {
            throw new UsageException(
                    "NAME: %s (expected: no word beside --name)".formatted(word.get()));
        }
        String name =
                option.or(() -> word)
                        .or(() -> inFile)
                        .orElseThrow(() ->
                                new UsageException(
                                        "NAME: missing (expected: a %s's name)".formatted(what)));
        if (!legal.test(name)) {
            throw new UsageException("name: %s (expected: %s)".formatted(name, rule));
        }
        return name;
    }

    String name() {
        return name(Optional.empty());
    }

    /** The file, when one is given. */
    Optional<Path> file() {
        PositionalParamSpec place = second;
        OptionSpec option = byFile;
        if (place == null || option == null) {
            return Optional.empty();
        }
        List<Path> given = new ArrayList<>();
        Args.path(option).ifPresent(given::add);
        Args.path(place).ifPresent(given::add);
        if (firstIsFile()) {
            Args.path(first).ifPresent(given::add);
        }
        if (given.size() > 1) {
            throw new UsageException("FILE: %s (expected: one)".formatted(given.getLast()));
        }
        return given.stream().findFirst();
    }
}
