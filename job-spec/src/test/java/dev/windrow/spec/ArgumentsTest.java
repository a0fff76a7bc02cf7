package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.Input;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.model.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
    @Test
    void splitsAtBlanksAndLineBreaks() {
        assertThat(Arguments.split("  --a 1\n--b\t2 ")).containsExactly("--a", "1", "--b", "2");
        assertThat(Arguments.split(" \n")).isEmpty();
    }

    @Test
    void keepsQuotesAndWhatTheyGroup() {
        assertThat(Arguments.split("--text 'a b' --name=\"c d\" ''"))
                .containsExactly("--text", "'a b'", "--name=\"c d\"", "''");
    }

    @Test
    void takesAQuoteWithoutPartnerOrInsideAWordAsALetter() {
        assertThat(Arguments.split("don't stop 'now")).containsExactly("don't", "stop", "'now");
    }

    @Test
    void keepsBackslashesEvenAtTheEnd() {
        assertThat(Arguments.split("a\\ b $HOME * \\ "))
                .containsExactly("a\\", "b", "$HOME", "*", "\\");
    }

    @Test
    void substitutesWithoutSplittingValues() {
        assertThat(
                        render(
                                "--data ${{inputs.docs}} --out=${{ outputs.rows }}/x --text ${{inputs.text}}"))
                .containsExactly(
                        "--data", "/in/docs of mine", "--out=/out/rows/x", "--text", "it's \"so\"");
    }

    @Test
    void keepsAnEmptyValueAsAnArgument() {
        assertThat(render("--empty ${{inputs.empty}} --end"))
                .containsExactly("--empty", "", "--end");
    }

    @Test
    void writesTruthInPythonsSpelling() {
        assertThat(render("${{inputs.yes}} ${{inputs.number}}")).containsExactly("True", "1e-3");
    }

    @Test
    void dropsGroupsThatNameAnInputWithoutValue() {
        assertThat(render("a $[[ --opt ${{inputs.opt}} ]] b$[[c ${{inputs.yes}}]] [[1]]"))
                .containsExactly("a", "bc", "True", "[[1]]");
    }

    @Test
    void keepsAnExpressionWithBlanksInsideQuotesTogether() {
        assertThat(render("'${{ inputs.docs }} x' y")).containsExactly("'/in/docs of mine x'", "y");
    }

    @Test
    void refusesWhatTheJobDoesNotHave() {
        assertThatThrownBy(() -> render("${{inputs.none}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("${{inputs.none}}");
        assertThatThrownBy(() -> render("--opt ${{inputs.opt}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$[[ … ]]");
        assertThatThrownBy(() -> render("$[[ a $[[ b ]] ]]"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> render(String text) {
        RunFunction task =
                new RunFunction(
                        Optional.empty(),
                        "score.py",
                        Optional.of(text),
                        Optional.empty(),
                        Optional.empty());
        Map<String, Input> inputs =
                Map.of(
                        "docs", Input.Data.at("./docs"),
                        "text", Input.Literal.of("it's \"so\""),
                        "empty", Input.Literal.of(""),
                        "yes", Input.Literal.of(true),
                        "number", new Input.Literal(LiteralKind.NUMBER, "1e-3"),
                        "opt", new Input.Absent(Optional.empty()));
        ParallelJob job =
                ParallelJob.builder(Split.of("docs"), task)
                        .inputs(inputs)
                        .outputs(Map.of("rows", Output.unset()))
                        .build();
        return ArgumentTemplate.render(
                job, name -> "/in/" + name + " of mine", name -> "/out/" + name);
    }
}
