package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.view.Form;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryTest {

    private static final List<Map<String, @Nullable Object>> JOBS =
            List.of(job("a", "Running", 3), job("b", "Failed", 12));

    @TempDir Path home;

    private static Map<String, @Nullable Object> job(String name, String status, int total) {
        Map<String, @Nullable Object> job = new LinkedHashMap<>();
        job.put("name", name);
        job.put("status", status);
        job.put("mini_batches", Map.of("total", total));
        job.put("ended_at", null);
        return job;
    }

    private static String printed(Form form, String query) {
        Printing printing = new Printing(form, Optional.of(Query.of(query)));
        return String.join("\n", printing.many(JOBS, List.of("table"), List.of(List.of("row"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    JSON;[].name;["a","b"]
                    JSON;[?status=='Failed'] | [0].mini_batches.total;12
                    JSON;[0].nothing;null
                    JSON;length(@);2
                    JSON;[0].{n: name, e: ended_at};{"n":"a","e":null}
                    TSV;[].name;a|b
                    TSV;[].[name, mini_batches.total];a\t3|b\t12
                    TSV;[].{n: name, s: status};a\tRunning|b\tFailed
                    TSV;[0].nothing;''
                    TSV;sum([].mini_batches.total);15.000
                    YAML;[].name;- a|- b
                    YAML;[0].{n: name};n: a
                    TABLE;[].{Name: name, m: mini_batches};NAME  M|a     {"total":3}|b     {"total":12}
                    TABLE;[].name;a|b
                    TABLE;[0];NAME  STATUS   MINI_BATCHES  ENDED_AT|a     Running  {"total":3}
                    TABLE;[?status=='None'];''
                    """)
    void printsWhatTheExpressionGives(Form form, String query, String expected) {
        assertThat(printed(form, query)).isEqualTo(expected.replace('|', '\n'));
    }

    @Test
    void verbsOfAServerTakeIt() throws Exception {
        try (Served served = new Served(home)) {
            served.done("token", "create", "--user", "ada", "--role", "reader");
            served.done("token", "create", "--user", "bob", "--role", "admin");
            assertThat(
                            served.done(
                                    "token",
                                    "list",
                                    "--query",
                                    "[?role=='admin'].user | [0]",
                                    "-o",
                                    "tsv"))
                    .isEqualTo("bob\n");
            assertThat(served.done("job", "list", "--query", "length(@)")).isEqualTo("0\n");
            served.done("context", "set", "here", "--server", served.url());
            assertThat(served.done("context", "list", "--query", "[].name", "-o", "tsv"))
                    .isEqualTo("here\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    [].name[;at position 9
                    [?a==];at position
                    a b;at position 3
                    nothing(@);at position
                    ]]]];at position 1
                    """)
    void aWrongExpressionIsToldWithItsPlace(String query, String told) throws Exception {
        try (Served served = new Served(home)) {
            assertThat(served.windrow("job", "list", "--query", query)).isEqualTo(2);
            assertThat(served.err())
                    .startsWith("windrow: --query: " + query + " (expected: a JMESPath expression;")
                    .contains(told);
        }
    }

    @Test
    void whatDoesNotFitTheResultAndWhatPrintsAFileIsRefused() throws Exception {
        try (Served served = new Served(home)) {
            assertThat(served.windrow("job", "list", "--query", "sum('x')")).isEqualTo(2);
            assertThat(served.err()).contains("--query: sum('x') (expected: one that fits");
            assertThat(served.windrow("job", "logs", "a", "b", "--query", "x")).isEqualTo(2);
            assertThat(served.err()).contains("none where a log file is printed");
            assertThat(served.windrow("job", "dump", "a", "--query", "x")).isEqualTo(2);
            assertThat(served.err()).contains("--query: no such option");
        }
    }
}
