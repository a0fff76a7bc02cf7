package dev.windrow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a user is told what a fleet waits for. */
final class FleetWaitTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FleetWait wait = new FleetWait();

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private List<String> notes(String... sentences) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < sentences.length; i++) {
            wait.seen(sentences[i]);
            wait.due(at(i * 1_000L)).ifPresent(notes::add);
        }
        return notes;
    }

    @Test
    void isNotedAtOnceAndOnlyOnce() {
        assertThat(notes("no machine", "no machine", "no machine")).containsExactly("no machine");
    }

    @Test
    void isNotedAfterFiveSecondsWhenItChanges() {
        assertThat(notes("a", "b", "b", "c", "d", "e", "f", "g", "h", "i", "j"))
                .containsExactly("a", "e", "j");
    }

    @Test
    void isNotedOnceHoweverOftenItComesBack() {
        String[] flapping = new String[1_000];
        for (int i = 0; i < flapping.length; i++) {
            flapping[i] = i % 3 == 0 ? "quota" : i % 3 == 1 ? "image" : "";
        }

        assertThat(notes(flapping)).containsExactlyInAnyOrder("quota", "image");
    }

    @Test
    void isNotedSoOftenAtMostWhateverItSays() {
        String[] counting = new String[10_000];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = "try " + i;
        }

        assertThat(notes(counting)).hasSize(FleetWait.TOLD_MAX);
        assertThat(wait.sentence()).as("it can be read all the same").isEqualTo("try 9999");
    }

    @Test
    void saysNothingWhenThereIsNothingToSay() {
        assertThat(notes("", "  ", "\n")).isEmpty();
        assertThat(wait.sentence()).isEmpty();
    }

    @Test
    void isOneLineThatAUserCanRead() {
        wait.seen(" refused:\r\n  quota\n\n of pods ");
        assertThat(wait.sentence()).isEqualTo("refused: quota of pods");

        wait.seen("x".repeat(10_000));
        assertThat(wait.sentence()).hasSize(FleetWait.SENTENCE_MAX).endsWith("x…");
    }
}
