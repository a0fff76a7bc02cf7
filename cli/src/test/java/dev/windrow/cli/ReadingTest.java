package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

final class ReadingTest {

    private CommandSpec run;

    @BeforeEach
    void setUp() {
        run = new RunVerb().describe().spec();
    }

    private boolean read(String... words) {
        return new Reading(run, List.of(words)).read();
    }

    private @Nullable Object value(String option) {
        return run.findOption(option).getValue();
    }

    private @Nullable Object file() {
        return run.positionalParameters().getFirst().getValue();
    }

    @Test
    void takesOptionsAnywhereAndInBothForms() {
        read(
                "--set",
                "a.b=1",
                "job.yml",
                "-n",
                "x",
                "--set=c=--json",
                "--input",
                "i=\"a=b\"",
                "--instances=3",
                "--quiet",
                "--quiet");
        assertThat(file()).isEqualTo(new File("job.yml"));
        assertThat(value("--name")).isEqualTo("x");
        assertThat(value("--set")).isEqualTo(List.of("a.b=1", "c=--json"));
        assertThat(value("--input")).isEqualTo(List.of("i=\"a=b\""));
        assertThat(value("--instances")).isEqualTo(3);
        assertThat(Args.given(run.findOption("--quiet"))).isTrue();
        assertThat(Args.given(run.findOption("--json"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-- --json,--json", "-,-", "@job.yml,@job.yml", "${x},${x}"})
    void takesAWordAsItIs(String typed, String file) {
        read(typed.split(" "));
        assertThat(file()).isEqualTo(new File(file));
        assertThat(Args.given(run.findOption("--json"))).isFalse();
    }

    @Test
    void takesWhatIsNoOptionAsAValue() {
        read("f", "-n", "--jsn");
        assertThat(value("--name")).isEqualTo("--jsn");
    }

    @Test
    void asksForNothingElseWhenHelpIsWanted() {
        assertThat(read("--help")).isTrue();
        assertThat(new Reading(new RunVerb().describe().spec(), List.of("-h")).read()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job.yml --jsn | --jsn: no such option",
                "job.yml --jsn | did you mean --json?",
                "--instnces 3 | did you mean --instances?",
                "job.yml --fail | did you mean --fail-on-error?",
                "--jsn | --jsn: no such option",
                "job.yml --stuff=x | --stuff: no such option",
                "job.yml -x | -x: no such option",
                "job.yml -nx | -nx: no such option",
                "job.yml --inst 3 | --inst: no such option",
                "job.yml --name | --name: missing (expected: NAME)",
                "job.yml --name --json | --name: missing (expected: NAME)",
                "job.yml -n a -n b | -n: given twice (expected: once)",
                "job.yml -n a --name=b | --name: given twice (expected: once)",
                "job.yml --json=yes | --json=yes (expected: --json without a value)",
                "job.yml -h=yes | -h",
                "job.yml --instances 0 | --instances: 0 (expected: a whole number >= 1)",
                "job.yml --instances=x | --instances: x (expected: a whole number >= 1)",
                "--json | FILE: missing (expected: one)",
                "a.yml b.yml | b.yml: one word too many (expected: only FILE)",
                "-- a.yml -b | -b: one word too many (expected: only FILE)",
            })
    void refusesWhatItDoesNotKnowByName(String typed, String told) {
        assertThatThrownBy(() -> read(typed.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(told);
    }

    @Test
    void countsTheWordsOfAVerbThatTakesNone() {
        assertThatThrownBy(() -> new Reading(new ListVerb().describe().spec(), List.of("x")).read())
                .hasMessage("x: one word too many (expected: none)");
    }
}
