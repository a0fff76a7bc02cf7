package dev.windrow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.EffectiveSettings.RowOutput;
import dev.windrow.model.EffectiveSettings.Staffing;
import dev.windrow.model.EffectiveSettings.TimeLimits;
import dev.windrow.model.EffectiveSettings.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobRecordsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "10mb, 10485760", "3KB, 3072", "2Gb, 2147483648", "007, 7"})
    void readsSizesWithAFactorOf1024(String text, long value) {
        assertThat(new MiniBatchSize(text).value()).isEqualTo(value);
        assertThat(new MiniBatchSize(text).hasUnit()).isEqualTo(text.matches(".*[bB]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0kb",
                "-1",
                "+1",
                "1.5mb",
                "10 kb",
                "10b",
                "10k",
                "1kbmb",
                "10\n",
                "10 files",
                "99999999999gb",
                "99999999999999999999"
            })
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> new MiniBatchSize(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mini_batch_size: " + text + " (expected: ");
    }

    @Test
    void takesSizesThatReadAlikeForEqual() {
        assertThat(new MiniBatchSize("1MB")).isEqualTo(new MiniBatchSize("1mb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "a_b.c-d"})
    void allowsNamesThatAreSafeAsFolders(String name) {
        assertThat(new JobName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "_a", "a/b", "a b", "é", "a\n", "a\\b"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> new JobName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNamesTooLongForAFolder() {
        assertThat(JobName.isLegal("a".repeat(255))).isTrue();
        assertThat(JobName.isLegal("a".repeat(256))).isFalse();
    }

    @Test
    void namesFieldValueAndRule() {
        refuses(
                () -> new RetrySettings(Optional.empty(), Optional.of(Bindable.of(0))),
                "retry_settings.timeout: 0 (expected: a whole number, 1 to 259200)");
        refuses(
                () -> new FailureLimits(Optional.of(Bindable.of(-2)), Optional.empty()),
                "error_threshold: -2 (expected: a whole number, -1 or more)");
        refuses(
                () -> new Staffing(0, 1),
                "max_concurrency_per_instance: 0 (expected: a whole number, 1 or more)");
        refuses(
                () -> new Tolerance(-1, -1, 101),
                "allowed_failed_percent: 101 (expected: a whole number, 0 to 100)");
        refuses(
                () -> new RowOutput(false, "../x", false),
                "append_row_file_name: ../x (expected: a file name without a folder)");
        refuses(
                () -> new Input.Literal(LiteralKind.INTEGER, "x"),
                "input: x (expected: a value of type integer)");
        refuses(() -> Input.Data.at(" "), "path: \" \" (expected: some text)");
        refuses(
                () ->
                        new TimeLimits(
                                Duration.ZERO, TimeLimits.OVERHEAD, TimeLimits.RUN, TimeLimits.RUN),
                "timeout: PT0S (expected: longer than nothing)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2g", "512m", "1.5G", "100b"})
    void readsSizesOfSharedMemory(String size) {
        assertThat(JobResources.isShmSize(size)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0g", "0.0m", "g", "-1g", "2 g", "2gb"})
    void refusesOtherSizesOfSharedMemory(String size) {
        assertThat(JobResources.isShmSize(size)).isFalse();
    }

    @Test
    void waitsForProgressLongerThanAllAttemptsOfOneMiniBatch() {
        Duration run = Duration.ofMinutes(10);
        Duration overhead = Duration.ofSeconds(30);

        assertThat(TimeLimits.progressDefault(run, overhead, 2)).isEqualTo(Duration.ofMinutes(95));
        assertThat(TimeLimits.progressDefault(TimeLimits.RUN, overhead, 0))
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void countsTheFirstAttemptBesideTheRetries() {
        EffectiveSettings settings = EffectiveSettings.defaults(4);

        assertThat(settings.attempts()).isEqualTo(3);
        assertThat(settings.attemptLimit()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void copiesWhatItIsGiven() {
        List<Object> list = new ArrayList<>(List.of("a"));
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(Map.of("list", list));
        ParallelJob job =
                ParallelJob.builder(Split.of("docs"), RunFunction.of("s.py")).kept(kept).build();

        list.add("b");
        kept.clear();

        assertThat(job.kept()).isEqualTo(Map.of("list", List.of("a")));
        assertThat(job.toBuilder().build()).isEqualTo(job);
    }

    private static void refuses(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
