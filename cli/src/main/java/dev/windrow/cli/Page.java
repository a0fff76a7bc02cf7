package dev.windrow.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a verb says of itself: what may be given, and the texts of its help. */
final class Page {

    private final CommandSpec spec = CommandSpec.create();
    private final SequencedMap<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final String told;
    private List<String> examples = List.of();
    private boolean endsAsJobsDo;

    private Page(String told) {
        this.told = told;
        spec.parser()
                .expandAtFiles(false)
                .posixClusteredShortOptionsAllowed(false)
                .allowOptionsAsOptionParameters(false)
                .collectErrors(true);
        spec.interpolateVariables(false);
    }

    /**
     * A page for one verb.
     *
     * @param told one paragraph
     */
    static Page of(String told) {
        return new Page(told);
    }

    Page operands(PositionalParamSpec... operands) {
        for (PositionalParamSpec operand : operands) {
            spec.addPositional(operand);
        }
        return this;
    }

    /** Options under a title. */
    Page options(String title, List<OptionSpec> options) {
        groups.put(title, new ArrayList<>(options));
        options.forEach(spec::addOption);
        return this;
    }

    Page options(String title, OptionSpec... options) {
        return options(title, List.of(options));
    }

    /** Its exit code is the job's. */
    Page exitCodesOfJobs() {
        endsAsJobsDo = true;
        return this;
    }

    /** A paragraph below the options. */
    Page note(String text) {
        notes.add(text);
        return this;
    }

    /** Ends the page; {@code --help} goes below the last options. */
    Page examples(String... lines) {
        examples = List.of(lines);
        OptionSpec help = Args.help();
        spec.addOption(help);
        if (groups.isEmpty()) {
            groups.put("", new ArrayList<>());
        }
        groups.lastEntry().getValue().add(help);
        return this;
    }

    /** What the library reads by. */
    CommandSpec spec() {
        return spec;
    }

    String told() {
        return told;
    }

    /** Options by the title above them, which may be empty. */
    SequencedMap<String, List<OptionSpec>> groups() {
        return Collections.unmodifiableSequencedMap(groups);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<String> examples() {
        return examples;
    }

    boolean endsAsJobsDo() {
        return endsAsJobsDo;
    }
}
