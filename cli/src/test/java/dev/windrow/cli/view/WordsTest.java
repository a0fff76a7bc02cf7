package dev.windrow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class WordsTest {

    @Test
    void roundsEstimatesAsFarAsTheyDeserve() {
        assertThat(List.of(0, 7, 11, 58, 100, 119, 3_000, 3_599, 5_400, 90_000, 200_000))
                .extracting(seconds -> Words.about(Duration.ofSeconds(seconds)))
                .containsExactly(
                        "1 s",
                        "7 s",
                        "15 s",
                        "60 s",
                        "100 s",
                        "2 min",
                        "50 min",
                        "1 h 0 min",
                        "1 h 30 min",
                        "1 d 1 h",
                        "2 d 7 h");
    }

    @Test
    void choosesTheUnitOfARate() {
        assertThat(List.of(12_345.6, 9.96, 1.0, 0.5, 0.05, 0.01))
                .extracting(Words::rate)
                .containsExactly("12,346/s", "10.0/s", "1.0/s", "30/min", "3.0/min", "36/h");
    }

    @Test
    void writesTimesBytesAndOneLine() {
        assertThat(Words.span(Duration.ofMillis(42))).isEqualTo("0.042 s");
        assertThat(Words.span(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
        assertThat(Words.span(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
        assertThat(Words.clock(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(List.of(0L, 999L, 1_000L, 999_949L, 999_960L, 5_000_000_000_000L))
                .extracting(Words::bytes)
                .containsExactly("0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "5.0 TB");
        assertThat(Words.oneLine(" a\u001b[2J\nb ")).isEqualTo("a [2J b");
        assertThat(Words.oneLine("x".repeat(500))).hasSize(403).endsWith("x...");
    }

    @Test
    void plainProgressComesAtGrowingGaps() {
        PlainProgress progress = new PlainProgress();
        List<Integer> seconds = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int second = 5; second < 300; second++) {
            Picture picture =
                    Samples.picture(
                            "nightly",
                            Samples.counts(true, 5, 1, 10, 2),
                            OptionalDouble.of(2),
                            Optional.of(Duration.ofSeconds(9)),
                            Duration.ofSeconds(second));
            Optional<String> line = progress.due(picture);
            if (line.isPresent()) {
                seconds.add(second);
                lines.add(line.get());
            }
        }
        assertThat(seconds).containsExactly(6, 8, 13, 23, 43, 73, 133, 193, 253);
        assertThat(lines)
                .first()
                .isEqualTo(
                        "0:06  6 of 10 mini-batches: 5 ok, 1 failed, 2 retried, 2.0/s, about 9 s"
                                + " left");
    }
}
