package dev.windrow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveFrameTest {

    private static final Picture BUSY =
            Samples.picture(
                    Samples.counts(true, 5_800, 12, 10_000, 3),
                    OptionalDouble.of(138.2),
                    Optional.of(Duration.ofSeconds(31)));

    @Test
    void showsCountsSpeedAndTimeLeft() {
        assertThat(LiveFrame.lines(BUSY, Style.PLAIN, 79))
                .containsExactly(
                        "Running  0:42  nightly",
                        "#######################-----------------  58%  5,812 of 10,000 mini-batches",
                        "ok 5,800  failed 12  retried 3",
                        "138/s  about 35 s left  2 of 2 workers busy");
    }

    @Test
    void fitsANarrowTerminal() {
        assertThat(LiveFrame.lines(BUSY, Style.PLAIN, 39))
                .containsExactly(
                        "Running  0:42  nightly",
                        "#########-------  58%  5,812 of 10,000",
                        "ok 5,800  failed 12  retried 3",
                        "138/s  about 35 s left  2/2 busy")
                .allMatch(line -> line.length() <= 39);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 20, 30, 39, 40, 60, 79, 120, 300})
    void isNeverWiderThanAsked(int width) {
        Picture large =
                Samples.picture(
                        "a-job-with-a-name-that-goes-on-and-on-and-on-and-on",
                        Samples.counts(true, 123_456_789, 12_345_678, 1_234_567_890, 7_654_321),
                        OptionalDouble.of(123_456),
                        Optional.of(Duration.ofHours(200)),
                        Duration.ofHours(100));
        assertThat(LiveFrame.lines(large, Style.PLAIN, width))
                .hasSize(4)
                .allMatch(line -> line.length() <= width);
    }

    @Test
    void showsNoBarAndNoShareWhileThePlanGrows() {
        Picture planning =
                Samples.picture(
                        Samples.counts(false, 10, 0, 2_000, 0),
                        OptionalDouble.empty(),
                        Optional.empty());
        assertThat(LiveFrame.lines(planning, Style.PLAIN, 79))
                .containsExactly(
                        "Running  0:42  nightly",
                        "10 of  2,000 mini-batches planned so far",
                        "ok 10  failed 0  retried 0",
                        "2 of 2 workers busy");
    }

    @Test
    void colorsTakeNoColumns() {
        assertThat(LiveFrame.lines(BUSY, new Style(true, true), 79))
                .allMatch(line -> line.replaceAll("\u001b\\[[0-9]+m", "").length() <= 79)
                .anyMatch(line -> line.contains("\u001b[31mfailed 12\u001b[0m"));
    }
}
