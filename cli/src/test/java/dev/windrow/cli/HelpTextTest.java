package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Choice.Single;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class HelpTextTest {

    private static final Pattern OPTION =
            Pattern.compile("^ +(?:-[a-zA-Z], )?(--[a-z-]+)", Pattern.MULTILINE);

    static Stream<Single> verbs() {
        return Verbs.ALL.choices().stream().map(Single.class::cast);
    }

    private static String help(Single verb, boolean color) {
        return HelpText.of(
                verb.make().get().describe(), verb.call("windrow " + verb.name()), color);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void tellsOfEveryOptionInEightyColumns(Single verb) {
        String help = help(verb, false);
        TreeSet<String> told = new TreeSet<>();
        OPTION.matcher(help).results().forEach(found -> told.add(found.group(1)));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        verb.make().get().describe().spec().options().stream()
                                .map(OptionSpec::longestName)
                                .toList());
        assertThat(help).startsWith("windrow " + verb.name()).contains("\nExample");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help).doesNotContain("@|", "\u001b", "%n");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theOverviewNamesTheOperandsOfEachVerb(Single verb) {
        List<String> labels =
                verb.make().get().describe().spec().positionalParameters().stream()
                        .map(HelpTextTest::shown)
                        .toList();
        assertThat(verb.operands()).isEqualTo(String.join(" ", labels));
        assertThat(Overview.lines(Verbs.ALL, "windrow"))
                .anyMatch(line -> line.startsWith("  " + verb.name() + " " + verb.operands()));
    }

    private static String shown(PositionalParamSpec operand) {
        return operand.required() ? operand.paramLabel() : "[" + operand.paramLabel() + "]";
    }

    @Test
    void groupsOptionsUnderTitlesInTheirOrder() {
        assertThat(help(verbs().findFirst().orElseThrow(), false).lines())
                .containsSubsequence(
                        "windrow run FILE [options]",
                        "Which job",
                        "      --set path=value     set any field, such as"
                                + " retry_settings.timeout=120;",
                        "                           repeatable",
                        "How it runs",
                        "What it says",
                        "  -h, --help               this text",
                        "Exit codes",
                        "  130   interrupted",
                        "Examples");
    }

    @Test
    void titlesAreBoldWhereColorsAre() {
        assertThat(help(verbs().findFirst().orElseThrow(), true)).contains("\u001b[1mWhich job");
    }
}
