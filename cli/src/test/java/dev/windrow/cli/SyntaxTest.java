package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntaxTest {

    private static Given parse(String... words) {
        return new RunVerb().syntax().parse(List.of(words));
    }

    @Test
    void takesOptionsAnywhereAndInBothForms() {
        Given given =
                parse(
                        "--set",
                        "a.b=1",
                        "job.yml",
                        "-n",
                        "x",
                        "--set=c=--json",
                        "--input",
                        "i=a=b",
                        "--instances=3",
                        "--quiet");
        assertThat(given.word(0)).isEqualTo("job.yml");
        assertThat(given.text("--name")).contains("x");
        assertThat(given.texts("--set")).containsExactly("a.b=1", "c=--json");
        assertThat(given.pairs("--input")).isEqualTo(Map.of("i", "a=b"));
        assertThat(given.whole("--instances")).hasValue(3);
        assertThat(given.has("--quiet")).isTrue();
        assertThat(given.has("--json")).isFalse();
    }

    @Test
    void takesEverythingAfterTwoDashesAsWords() {
        assertThat(parse("--", "--json").word(0)).isEqualTo("--json");
        assertThat(parse("-").word(0)).isEqualTo("-");
    }

    @Test
    void asksForNothingElseWhenHelpIsWanted() {
        assertThat(parse("--help").has("--help")).isTrue();
        assertThat(parse("-h").has("--help")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job.yml --jsn | --jsn: no such option",
                "job.yml --jsn | did you mean --json?",
                "job.yml --fail | did you mean --fail-on-error?",
                "job.yml -x | -x: no such option",
                "job.yml --name | --name: missing (expected: NAME)",
                "job.yml --name --json | --name: missing (expected: NAME)",
                "job.yml -n a -n b | -n: given twice (expected: once)",
                "job.yml --json=yes | --json=yes (expected: --json without a value)",
                "--json | FILE: missing (expected: one)",
                "a.yml b.yml | b.yml: one word too many (expected: only FILE)",
            })
    void refusesWhatItDoesNotKnowByName(String typed, String told) {
        assertThatThrownBy(() -> parse(typed.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(told);
    }

    @Test
    void refusesValuesOfTheWrongForm() {
        assertThatThrownBy(() -> parse("f", "--instances", "0").whole("--instances"))
                .hasMessage("--instances: 0 (expected: a whole number >= 1)");
        assertThatThrownBy(() -> parse("f", "--input", "x").pairs("--input"))
                .hasMessage("--input: x (expected: NAME=PATH)");
    }
}
