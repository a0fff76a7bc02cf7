package dev.windrow.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Puts a verb's description together, so that the help of all verbs looks alike. */
final class Page {

    private static final int WIDTH = 80;
    private static final int LONGEST_OPTION = 24;
    private static final String LINE = "%n";

    private final CommandSpec spec = CommandSpec.create();
    private final LinkedHashMap<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    private final List<String> footer = new ArrayList<>();

    private Page(String told) {
        // Built, not reflected on; nothing is looked up in bundles, variables or files.
        spec.parser()
                .posixClusteredShortOptionsAllowed(false)
                .allowOptionsAsOptionParameters(false)
                .collectErrors(true);
        spec.interpolateVariables(false);
        spec.usageMessage()
                .width(WIDTH)
                .longOptionsMaxWidth(LONGEST_OPTION)
                .sortOptions(false)
                .synopsisHeading("")
                .description(escaped(told))
                .parameterListHeading(LINE);
    }

    /**
     * A page for one verb.
     *
     * @param told one paragraph; its lines are broken anew
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

    /** Options under a title; the last ones get {@code --help} beside them. */
    Page options(String title, List<OptionSpec> options) {
        groups.put(title, new ArrayList<>(options));
        return this;
    }

    Page options(String title, OptionSpec... options) {
        return options(title, List.of(options));
    }

    /** What a job that was run ends with. */
    Page exitCodesOfJobs() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Completed");
        codes.put("4", "Failed");
        codes.put("5", "canceled by someone else");
        codes.put("130", "interrupted");
        codes.put("2", "invalid input or a conflict");
        codes.put("3", "not found");
        codes.put("1", "anything else");
        spec.usageMessage().exitCodeListHeading(LINE + "Exit codes" + LINE).exitCodeList(codes);
        return this;
    }

    /** A paragraph below the options. */
    Page note(String text) {
        footer.add("");
        footer.add(escaped(text));
        return this;
    }

    /** Ends the page. */
    CommandSpec example(String line) {
        footer.add("");
        footer.add("Example");
        footer.add("  " + escaped(line));
        spec.usageMessage().footer(footer.toArray(String[]::new));
        if (groups.isEmpty()) {
            spec.usageMessage().optionListHeading(LINE);
            spec.addOption(Args.help());
        } else {
            groups.lastEntry().getValue().add(Args.help());
        }
        groups.forEach(this::add);
        return spec;
    }

    private void add(String title, List<OptionSpec> options) {
        ArgGroupSpec.Builder builder =
                ArgGroupSpec.builder().validate(false).heading(LINE + title + LINE);
        options.forEach(builder::addArg);
        spec.addArgGroup(builder.build());
    }

    /** Texts are formats to the library. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}
