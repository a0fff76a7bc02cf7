package dev.windrow.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {

    @Test
    void oneIsSaidInTheSingular() {
        assertThat(Counted.of(1, "job", "jobs")).isEqualTo("1 job");
        assertThat(Counted.of(0, "job", "jobs")).isEqualTo("0 jobs");
        assertThat(Counted.of(2, "job", "jobs")).isEqualTo("2 jobs");
    }

    @Test
    void aPartIsOfTheWhole() {
        assertThat(Counted.part(1, 1, "worker", "workers")).isEqualTo("1 of 1 worker");
        assertThat(Counted.part(1, 2, "worker", "workers")).isEqualTo("1 of 2 workers");
    }
}
