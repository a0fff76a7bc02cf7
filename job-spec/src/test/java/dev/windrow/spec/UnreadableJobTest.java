package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnreadableJobTest {
    private static final String GOOD =
            """
            type: parallel
            name: score
            inputs:
              docs: {type: uri_folder, path: ./docs}
              lang: fr
              size: 20
            outputs:
              lines:
            input_data: ${{inputs.docs}}
            mini_batch_size: 20
            retry_settings:
              timeout: 60
            resources:
              shm_size: 2g
            task:
              type: run_function
              code: ./src
              entry_script: score.py
              program_arguments: --lang ${{inputs.lang}}
              append_row_to: ${{outputs.lines}}
            """;

    /** A text that is no job at all, and where and why. */
    record Unreadable(String text, String place, String message) {}

    static Stream<Unreadable> textsThatAreNoJob() {
        return Stream.of(
                new Unreadable("", "1:1", "nothing (expected: a mapping with type: parallel)"),
                new Unreadable("- a", "1:1", "a list (expected: a mapping with type: parallel)"),
                new Unreadable(
                        "type: [",
                        "1:8",
                        "expected the node content, but found '<stream end>' (expected: valid"
                                + " YAML)"),
                new Unreadable(
                        "type: parallel\ntask:\n\tcode: x",
                        "3:1",
                        "found character '\\t(TAB)' that cannot start any token. (Do not use"
                                + " \\t(TAB) for indentation) (expected: valid YAML, indented by"
                                + " spaces, not by tabs)"),
                new Unreadable(
                        "a: *b",
                        "1:4",
                        "*b (expected: an alias of an anchor that stands before it)"),
                new Unreadable(
                        "a: &b [*b]",
                        "1:8",
                        "*b (expected: an alias of an anchor that stands before it)"),
                new Unreadable(
                        "a: !!python/object x",
                        "1:4",
                        "tag:yaml.org,2002:python/object (expected: no tags but those of plain"
                                + " YAML)"),
                new Unreadable(
                        "? [a]\n: b", "1:3", "a list or mapping as key (expected: a text as key)"),
                new Unreadable(
                        "a: b\n---\nc: d", "2:1", "a second document (expected: one document)"),
                new Unreadable(
                        "a: " + "[".repeat(65) + "]".repeat(65),
                        "1:67",
                        "deeper nesting (expected: 64 levels at most)"),
                new Unreadable(
                        "x".repeat((1 << 20) + 1),
                        "1:1",
                        "1048577 characters (expected: a job file of up to 1 MiB)"),
                new Unreadable(
                        "type: pipeline\njobs: {}",
                        "1:7",
                        "type: pipeline (expected: parallel; pipelines are not built yet, run the"
                                + " parallel step as a job of its own)"),
                new Unreadable(
                        "type: command",
                        "1:7",
                        "type: command (expected: parallel; jobs of type command are not built"
                                + " yet)"));
    }

    @ParameterizedTest
    @MethodSource("textsThatAreNoJob")
    void saysWhyATextIsNoJob(Unreadable unreadable) {
        List<Mistake> mistakes = mistakes(unreadable.text());

        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.getFirst())
                .hasToString(unreadable.place() + " " + unreadable.message());
    }

    @Test
    void boundsWhatAliasesExpandTo() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [")
                    .append(String.join(", ", Collections.nCopies(10, alias)))
                    .append("]\n");
        }

        assertThat(mistakes(bomb.toString()))
                .extracting(Mistake::rule)
                .containsExactly("20000 values at most, aliases expanded");
    }

    @Test
    void reportsAllMistakesTogetherInTheOrderOfTheFile() {
        String text =
                GOOD.replace("timeout: 60", "timeout: 0")
                        .replace("mini_batch_size: 20", "mini_batch_size: -1")
                        .replace("  entry_script: score.py\n", "")
                        .replace("{{outputs.lines}}", "{{outputs.rows}}");

        assertThat(mistakes(text))
                .extracting(Mistake::path)
                .containsExactly(
                        "mini_batch_size",
                        "retry_settings.timeout",
                        "task.entry_script",
                        "task.append_row_to");
    }

    @Test
    void putsFileLineAndColumnBeforeEachMistakeOfTheMessage() {
        InvalidJobException thrown = invalid(GOOD.replace("timeout: 60", "timeout: 0"), options());

        assertThat(thrown)
                .hasMessage(
                        "job.yml:12:12 retry_settings.timeout: 0 (expected: a whole number, 1 to"
                                + " 259200)");
    }

    @Test
    void refusesUnknownKeysWhereKeysAreStrict() {
        ReadOptions strict = new ReadOptions(List.of(), Map.of(), Map.of(), true, false);

        assertThat(invalid(GOOD + "error_treshold: 5\n", strict).mistakes())
                .extracting(Mistake::toString)
                .containsExactly(
                        "21:1 error_treshold: 5 (expected: a known key; did you mean"
                                + " error_threshold?)");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {'t', (byte) 0xff, (byte) 0xfe};

        InvalidJobException thrown =
                catchThrowableOfType(
                        InvalidJobException.class,
                        () -> JobReader.read(bytes, "job.yml", Path.of("/jobs"), options()));

        assertThat(thrown).hasMessage("job.yml:1:1 bytes that are no text (expected: UTF-8)");
    }

    @Test
    void refusesOverridesThatLeadNowhere() {
        ReadOptions options =
                new ReadOptions(
                        List.of(
                                "retry_settings.timout=5",
                                "task.code.x=1",
                                "timeout",
                                "tags=[",
                                "retry_settings.timeout=0"),
                        Map.of("doc", "./x", "lang", "./y"),
                        Map.of("rows", "./z"),
                        false,
                        false);

        assertThat(invalid(GOOD, options).mistakes())
                .extracting(Mistake::toString)
                .containsExactlyInAnyOrder(
                        "retry_settings.timout: 5 (expected: a field; did you mean timeout?)",
                        "task.code.x: 1 (expected: no part of code, which has none)",
                        "timeout:  (expected: path=value, such as retry_settings.timeout=120)",
                        "tags: [ (expected: a YAML value)",
                        "retry_settings.timeout: 0 (expected: a whole number, 1 to 259200)",
                        "inputs.doc: ./x (expected: one of the job's inputs (docs, lang, size); did"
                                + " you mean docs?)",
                        "inputs.lang: ./y (expected: an input with a path; this one is a literal,"
                                + " use --set inputs.lang=./y)",
                        "outputs.rows: ./z (expected: one of the job's outputs (lines))");
    }

    private static List<Mistake> mistakes(String text) {
        return invalid(text, options()).mistakes();
    }

    private static ReadOptions options() {
        return ReadOptions.plain();
    }

    private static InvalidJobException invalid(String text, ReadOptions options) {
        return catchThrowableOfType(
                InvalidJobException.class,
                () -> JobReader.read(text, "job.yml", Path.of("/jobs"), options));
    }
}
