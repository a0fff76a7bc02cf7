package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Choice.Group;
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

    /** A verb, the group that it is in, and the words up to its own. */
    record Place(Single verb, Group group, String path) {

        String words() {
            return path + " " + verb.name();
        }

        @Override
        public String toString() {
            return words();
        }
    }

    static Stream<Place> verbs() {
        return verbs(Verbs.ALL, "windrow");
    }

    private static Stream<Place> verbs(Group group, String path) {
        return group.choices().stream()
                .flatMap(choice ->
                        switch (choice) {
                            case Single verb -> Stream.of(new Place(verb, group, path));
                            case Group inner -> verbs(inner, path + " " + inner.name());
                        });
    }

    private static String help(Place place, boolean color) {
        Single verb = place.verb();
        return HelpText.of(verb.make().get().describe(), verb.call(place.words()), color);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void tellsOfEveryOptionInEightyColumns(Place place) {
        Single verb = place.verb();
        String help = help(place, false);
        TreeSet<String> told = new TreeSet<>();
        OPTION.matcher(help).results().forEach(found -> told.add(found.group(1)));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        verb.make().get().describe().spec().options().stream()
                                .map(HelpTextTest::firstLongName)
                                .toList());
        assertThat(help).startsWith(place.words()).contains("\nExample");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help).doesNotContain("@|", "\u001b", "%n");
    }

    /** Others that mean the same stand behind it on its line. */
    private static String firstLongName(OptionSpec option) {
        return List.of(option.names()).stream()
                .filter(name -> name.startsWith("--"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theOverviewNamesTheOperandsOfEachVerb(Place place) {
        Single verb = place.verb();
        List<String> labels =
                verb.make().get().describe().spec().positionalParameters().stream()
                        .map(HelpTextTest::shown)
                        .toList();
        assertThat(verb.operands()).isEqualTo(String.join(" ", labels));
        assertThat(Overview.lines(place.group(), place.path()))
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
