package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobMistakesTest {
    /** Each row replaces a part of this job; ¶ stands for a line break. */
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    timeout: 60 | timeout: 0 | INVALID_VALUE | 12:12 | retry_settings.timeout | 0 | a whole number, 1 to 259200
                    timeout: 60 | timeout: soon | INVALID_VALUE | 12:12 | retry_settings.timeout | soon | a whole number, 1 to 259200
                    timeout: 60 | timeout: [60] | WRONG_TYPE | 12:12 | retry_settings.timeout | a list | a whole number, 1 to 259200
                    timeout: 60 | max_retries: -1 | INVALID_VALUE | 12:16 | retry_settings.max_retries | -1 | a whole number, 0 or more
                    mini_batch_size: 20 | mini_batch_size: 10 kb | INVALID_VALUE | 10:18 | mini_batch_size | 10 kb | digits, optionally followed by kb, mb or gb, 1 or more
                    mini_batch_size: 20 | mini_batch_size: ${{inputs.lang}} | INVALID_VALUE | 10:18 | mini_batch_size | lang = fr | a literal input, digits, optionally followed by kb, mb or gb, 1 or more
                    mini_batch_size: 20 | error_threshold: -2 | INVALID_VALUE | 10:18 | error_threshold | -2 | a whole number, -1 or more
                    mini_batch_size: 20 | max_concurrency_per_instance: 0 | INVALID_VALUE | 10:31 | max_concurrency_per_instance | 0 | a whole number, 1 or more
                    mini_batch_size: 20 | logging_level: inf | INVALID_VALUE | 10:16 | logging_level | inf | one of WARNING, INFO, DEBUG
                    mini_batch_size: 20 | is_deterministic: perhaps | INVALID_VALUE | 10:19 | is_deterministic | perhaps | true or false
                    mini_batch_size: 20 | tags: [a] | WRONG_TYPE | 10:7 | tags | a list | a mapping of names to texts
                    mini_batch_size: 20 | tags: {a: [b]} | WRONG_TYPE | 10:11 | tags.a | a list | some text
                    mini_batch_size: 20 | partition_keys: year | WRONG_TYPE | 10:17 | partition_keys | year | a list of texts
                    shm_size: 2g | shm_size: lots | INVALID_VALUE | 14:13 | resources.shm_size | lots | a number greater than 0 and b, k, m or g, such as 2g
                    shm_size: 2g | instance_count: 0 | INVALID_VALUE | 14:19 | resources.instance_count | 0 | 1 or more, or -1 for all there are
                    name: score | name: ../score | INVALID_VALUE | 2:7 | name | ../score | 1 to 255 letters, digits, _ . or -, the first a letter or digit
                    type: run_function | type: model | INVALID_VALUE | 16:9 | task.type | model | one of run_function, function
                    path: ./docs} | path: ./docs, mode: mont} | INVALID_VALUE | 4:48 | inputs.docs.mode | mont | one of ro_mount, rw_mount, download, direct, eval_mount, eval_download, mount; did you mean mount?
                    lang: fr | lang: {type: integer, default: fr} | WRONG_TYPE | 5:34 | inputs.lang.default | fr | a value of type integer
                    lang: fr | lang: {type: integer, default: 9, max: 5} | INVALID_VALUE | 5:34 | inputs.lang.default | 9 | 5 or less
                    code: ./src | code: "" | INVALID_VALUE | 17:9 | task.code | `` | some text
                    """)
    void namesTheValueThatBreaksARule(
            String from,
            String to,
            MistakeCode code,
            String place,
            String path,
            String value,
            String rule) {
        assertOneMistake(from, to, Mistake.of(code, placeOf(place), path, value, rule));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    `  entry_script: score.py¶` | `` | MISSING_FIELD | 16:3 | task.entry_script | `` | some text
                    input_data: ${{inputs.docs}}¶ | `` | MISSING_FIELD | 1:1 | input_data | `` | ${{inputs.NAME}}
                    type: parallel¶ | `` | MISSING_FIELD | 1:1 | type | `` | parallel
                    {type: uri_folder, path: ./docs} | {type: uri_folder} | MISSING_FIELD | 4:9 | inputs.docs.path | `` | where the data is, or optional: true
                    ${{inputs.docs}} | ${{inputs.doc}} | UNKNOWN_REFERENCE | 9:13 | input_data | ${{inputs.doc}} | the name of an input (docs, lang, size); did you mean docs?
                    ${{inputs.docs}} | docs | INVALID_VALUE | 9:13 | input_data | docs | ${{inputs.NAME}}
                    ${{inputs.docs}} | ${{parent.inputs.docs}} | NOT_BUILT | 9:13 | input_data | ${{parent.inputs.docs}} | ${{inputs.NAME}}; pipelines are not built yet
                    ${{inputs.docs}} | ${{inputs.size}} | INVALID_VALUE | 9:13 | input_data | size = 20 | an input with a path
                    ${{outputs.lines}} | ${{outputs.line}} | UNKNOWN_REFERENCE | 20:18 | task.append_row_to | ${{outputs.line}} | the name of an output (lines); did you mean lines?
                    ${{inputs.lang}} | ${{inputs.language}} | UNKNOWN_REFERENCE | 19:22 | task.program_arguments | ${{inputs.language}} | the name of an input (docs, lang, size)
                    ${{inputs.lang}} | $[[ ${{inputs.lang}} | INVALID_VALUE | 19:22 | task.program_arguments | $[[ | one ]] after each $[[, no group in a group
                    lang: fr | lang: {type: string, optional: true} | INVALID_VALUE | 19:22 | task.program_arguments | ${{inputs.lang}} | $[[ … ]] around it, since the input is optional
                    type: uri_folder | type: uri_file | INVALID_VALUE | 4:16 | inputs.docs.type | uri_file | uri_folder or mltable for input_data; for one file give type: mltable, path: ./ and put there a file MLTable with the lines "type: mltable", "paths:", "- file: ./docs"
                    path: ./docs} | path: ./docs, mode: direct} | INVALID_VALUE | 4:48 | inputs.docs.mode | direct | ro_mount or download for a folder that is split
                    name: score | code: ./other | CONFLICT | 2:7 | code | ./other | the same value as task.code, or only one of the two
                    name: score | component: ./c.yml | NOT_BUILT | 2:12 | component | ./c.yml | components are not built yet; write task inline
                    `  lines:¶` | `  lines: {path: "x/${{nam}}"}¶` | UNKNOWN_REFERENCE | 8:17 | outputs.lines.path | x/${{nam}} | no expression but ${{name}}, ${{output_name}} and ${{default_datastore}} in a path
                    name: score | type: parallel | DUPLICATE_KEY | 2:1 | type | a second time | each key once; the first is at 1:1
                    """)
    void namesWhatIsMissingOrDoesNotFit(
            String from,
            String to,
            MistakeCode code,
            String place,
            String path,
            String value,
            String rule) {
        assertOneMistake(from, to, Mistake.of(code, placeOf(place), path, value, rule));
    }

    private static void assertOneMistake(String from, String to, Mistake expected) {
        String before = from.replace('¶', '\n');
        assertThat(GOOD).contains(before);
        String text = GOOD.replace(before, to.replace('¶', '\n'));

        InvalidJobException thrown =
                catchThrowableOfType(
                        InvalidJobException.class,
                        () ->
                                JobReader.read(
                                        text, "job.yml", Path.of("/jobs"), ReadOptions.plain()));

        assertThat(thrown.mistakes()).isEqualTo(List.of(expected));
    }

    private static Place placeOf(String text) {
        int colon = text.indexOf(':');
        return new Place(
                Integer.parseInt(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)));
    }
}
