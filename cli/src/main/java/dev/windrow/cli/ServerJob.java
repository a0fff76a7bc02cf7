package dev.windrow.cli;

import dev.windrow.model.JobName;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which of a server's jobs is meant, and for some verbs which file: as a word or by an option. */
final class ServerJob {

    private final OptionSpec byName = Args.text("NAME", "the job, as az ml has it", "-n", "--name");
    private final PositionalParamSpec first =
            Args.maybeOperand(0, "NAME", String.class).description("the job's name").build();
    private final @Nullable OptionSpec byFile;
    private final @Nullable PositionalParamSpec second;

    private ServerJob(@Nullable OptionSpec byFile, @Nullable PositionalParamSpec second) {
        this.byFile = byFile;
        this.second = second;
    }

    static ServerJob only() {
        return new ServerJob(null, null);
    }

    /**
     * A job and a file that may be left out.
     *
     * @param told what the help says of the file
     * @param type {@code File} for a path on this machine
     */
    static ServerJob withFile(String told, Class<?> type) {
        return new ServerJob(
                Args.valued(type, "FILE", "the file, as az ml has it", "-f", "--file").build(),
                Args.maybeOperand(1, "FILE", type).description(told).build());
    }

    /** The words it may be given by. */
    PositionalParamSpec[] operands() {
        PositionalParamSpec file = second;
        return file == null
                ? new PositionalParamSpec[] {first}
                : new PositionalParamSpec[] {first, file};
    }

    /** The options it may be given by, and others after them. */
    List<OptionSpec> and(OptionSpec... others) {
        List<OptionSpec> all = new ArrayList<>(List.of(byName));
        OptionSpec file = byFile;
        if (file != null) {
            all.add(file);
        }
        all.addAll(List.of(others));
        return all;
    }

    String name() {
        Optional<String> option = Args.text(byName);
        Optional<String> word = Args.text(first);
        if (option.isPresent() && word.isPresent() && second == null) {
            throw new UsageException(
                    "NAME: %s (expected: no word beside --name)".formatted(word.get()));
        }
        String name =
                option.or(() -> word)
                        .orElseThrow(
                                () -> new UsageException("NAME: missing (expected: a job's name)"));
        if (!JobName.isLegal(name)) {
            throw new UsageException("name: %s (expected: %s)".formatted(name, JobName.RULE));
        }
        return name;
    }

    /** The file; a single word is one when the name is given by its option. */
    Optional<String> file() {
        PositionalParamSpec place = second;
        OptionSpec option = byFile;
        if (place == null || option == null) {
            return Optional.empty();
        }
        List<String> given = new ArrayList<>();
        Args.text(option).ifPresent(given::add);
        Args.text(place).ifPresent(given::add);
        if (Args.text(byName).isPresent()) {
            Args.text(first).ifPresent(given::add);
        }
        if (given.size() > 1) {
            throw new UsageException("FILE: %s (expected: one)".formatted(given.getLast()));
        }
        return given.stream().findFirst();
    }

    /** What a path on this machine completes by. */
    static final Class<?> HERE = File.class;
}
