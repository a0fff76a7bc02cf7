package dev.windrow.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a verb, laid out by the library. */
final class HelpText {

    /** The same in each terminal, so that texts can be written for it. */
    private static final int WIDTH = 80;

    private static final int LONGEST_OPTION = 24;
    private static final String LINE = "%n";

    private final Page page;

    private HelpText(Page page) {
        this.page = page;
    }

    /**
     * Its text without a line break at the end.
     *
     * @param call how the verb is called, such as {@code windrow run FILE}
     */
    static String of(Page page, String call, boolean color) {
        return new HelpText(page).text(call, color);
    }

    private String text(String call, boolean color) {
        CommandSpec spec = page.spec();
        // Of no consequence but in labels: nothing is read by this any more.
        spec.parser().separator(" ");
        UsageMessageSpec usage =
                spec.usageMessage()
                        .width(WIDTH)
                        .longOptionsMaxWidth(LONGEST_OPTION)
                        .synopsisHeading("")
                        .customSynopsis(call + (spec.options().size() > 1 ? " [options]" : ""))
                        .description(escaped(page.told()))
                        .parameterListHeading(LINE)
                        .footer(footer());
        if (page.endsAsJobsDo()) {
            usage.exitCodeListHeading(LINE + bold("Exit codes") + LINE).exitCodeList(exitCodes());
        }
        CommandLine library = new CommandLine(spec);
        library.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, this::options);
        return library.getUsageMessage(color ? Ansi.ON : Ansi.OFF).stripTrailing();
    }

    private String options(Help help) {
        StringBuilder text = new StringBuilder();
        page.groups()
                .forEach((title, options) -> {
                    String heading = title.isEmpty() ? "" : bold(title) + LINE;
                    text.append(help.createHeading(LINE + heading));
                    text.append(layout(help, options));
                });
        return text.toString();
    }

    private static Layout layout(Help help, List<OptionSpec> options) {
        CommandSpec spec = help.commandSpec();
        int column =
                help.calcLongOptionColumnWidth(
                        spec.options(), spec.positionalParameters(), help.colorScheme());
        TextTable table = TextTable.forDefaultColumns(help.colorScheme(), column, WIDTH);
        table.indentWrappedLines = 0;
        Layout layout =
                new Layout(
                        help.colorScheme(),
                        table,
                        help.createDefaultOptionRenderer(),
                        help.createDefaultParameterRenderer());
        layout.addOptions(options, help.parameterLabelRenderer());
        return layout;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Completed");
        codes.put("4", "Failed");
        codes.put("5", "canceled by someone else");
        codes.put("130", "interrupted");
        codes.put("2", "invalid input or a conflict");
        codes.put("3", "not found");
        codes.put("1", "anything else");
        return codes;
    }

    private String[] footer() {
        List<String> lines = new ArrayList<>();
        for (String note : page.notes()) {
            lines.add("");
            lines.add(escaped(note));
        }
        lines.add("");
        lines.add(bold(page.examples().size() == 1 ? "Example" : "Examples"));
        page.examples().forEach(line -> lines.add("  " + escaped(line)));
        return lines.toArray(String[]::new);
    }

    private static String bold(String text) {
        return "@|bold " + text + "|@";
    }

    /** Texts are formats to the library. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}
