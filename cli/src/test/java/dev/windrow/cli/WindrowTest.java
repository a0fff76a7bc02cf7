package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How words find their verb, in groups too. */
final class WindrowTest {

    /** Says what it was given. */
    private static final class EchoVerb implements Verb {

        private final PositionalParamSpec word = Args.operand(0, "WORD", String.class).build();
        private final OptionSpec loud = Args.flag("in capitals", "--loud");

        @Override
        public Page describe() {
            return Page.of("Says a word.")
                    .operands(word)
                    .options("How", loud)
                    .examples("windrow job echo x");
        }

        @Override
        public int run(Shell shell) {
            String text = Args.text(word).orElseThrow();
            shell.out(List.of(Args.given(loud) ? text + "!" : text));
            return ExitCode.COMPLETED;
        }
    }

    private static final Group GROUPED =
            new Group(
                    "windrow",
                    "windrow does things.",
                    List.of(
                            new Section(
                                    "Groups",
                                    List.of(
                                            new Group(
                                                    "job",
                                                    "all about jobs",
                                                    List.of(
                                                            new Section(
                                                                    "Verbs",
                                                                    List.of(
                                                                            new Single(
                                                                                    "echo",
                                                                                    "WORD",
                                                                                    "say a word",
                                                                                    EchoVerb
                                                                                            ::new)))),
                                                    "")))),
                    "");

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int windrow(Group all, String... typed) {
        out.reset();
        err.reset();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        Map.of("WINDROW_HOME", home.toString()),
                        () -> Instant.EPOCH,
                        Instant.EPOCH);
        return new Windrow(shell, all).run(typed);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void followsTheWordsThroughGroupsToAVerb() {
        assertThat(windrow(GROUPED, "job", "echo", "x", "--loud")).isZero();
        assertThat(out()).isEqualTo("x!\n");
        assertThat(windrow(GROUPED, "job", "echo")).isEqualTo(2);
        assertThat(err())
                .isEqualTo(
                        "windrow: WORD: missing (expected: one) (see windrow job echo --help)\n");
    }

    @Test
    void eachGroupHasAHelpOfItsOwn() {
        assertThat(windrow(GROUPED, "job")).isEqualTo(2);
        assertThat(out()).isEmpty();
        String overview = err();
        assertThat(overview)
                .startsWith("all about jobs\n")
                .contains("  echo WORD          say a word\n", "windrow job VERB --help");
        for (String[] typed : new String[][] {{"job", "--help"}, {"help", "job"}}) {
            assertThat(windrow(GROUPED, typed)).isZero();
            assertThat(out()).isEqualTo(overview);
        }
        for (String[] typed : new String[][] {{"job", "echo", "-h"}, {"help", "job", "echo"}}) {
            assertThat(windrow(GROUPED, typed)).isZero();
            assertThat(out()).startsWith("windrow job echo WORD [options]\nSays a word.\n");
        }
    }

    @Test
    void aMistypedWordIsToldWithTheOneThatWasMeant() {
        assertThat(windrow(GROUPED, "job", "ehco", "x")).isEqualTo(2);
        assertThat(err())
                .isEqualTo(
                        "windrow: ehco: no verb of windrow job (expected: one of echo);"
                                + " did you mean echo?\n");
        assertThat(windrow(Verbs.ALL, "resum")).isEqualTo(2);
        assertThat(err()).contains("run, validate, resume").endsWith("did you mean resume?\n");
        assertThat(windrow(Verbs.ALL, "--quiet")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("windrow: --quiet: no option of windrow itself (see windrow --help)\n");
    }

    @Test
    void wrongUsageIsADocumentWhenOneIsAskedFor() {
        assertThat(windrow(Verbs.ALL, "show", "--json")).isEqualTo(2);
        assertThat(err()).isEmpty();
        assertThat(out())
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"USAGE\",\"message\":\"NAME: missing (expected:"
                                + " one) (see windrow show --help)\",\"path\":null,\"line\":null,"
                                + "\"column\":null,\"value\":null,\"rule\":null}]}\n");
    }

    @Test
    void valuesOfTheWrongFormAreRefusedByTheirOption() {
        assertThat(windrow(Verbs.ALL, "run", "f", "--input", "x")).isEqualTo(2);
        assertThat(err()).contains("--input: x (expected: NAME=PATH)");
        assertThat(windrow(Verbs.ALL, "prune", "--older-than", "7")).isEqualTo(2);
        assertThat(err())
                .contains("--older-than: 7 (expected: a number and s, m, h, d or w, such as 7d)");
        assertThat(windrow(Verbs.ALL, "completion", "fish")).isEqualTo(2);
        assertThat(err()).contains("fish (expected: bash or zsh)");
    }
}
