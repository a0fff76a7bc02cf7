package dev.windrow.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.testing.sim.Coverage;
import dev.windrow.testing.sim.Mutation;
import dev.windrow.testing.sim.Simulation;
import dev.windrow.testing.sim.Simulation.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Runs whole jobs in a simulated world, every story from one seed. {@code -Dwindrow.seeds=N
 * -Dwindrow.seed=S} runs N seeds from S on.
 */
final class SimulationTest {

    private static final int SEEDS = Integer.getInteger("windrow.seeds", 1_000);
    private static final long FIRST = Long.getLong("windrow.seed", 1L);
    private static final int EVERY_CELL = 100;

    @Test
    void completesAJobWhenNothingGoesWrong() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(Simulation.calm(seed, new SimGateways()).status())
                    .isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void keepsItsPromisesWhateverGoesWrong() {
        Coverage coverage = new Coverage();
        Map<String, Integer> ends = new TreeMap<>();
        double longest = 0;
        long steps = 0;
        long began = System.nanoTime();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Story story = Simulation.run(seed, new SimGateways(), Mutation.NONE);
            coverage.add(story.coverage());
            ends.merge(story.status() + " " + story.reason(), 1, Integer::sum);
            longest = Math.max(longest, story.seconds());
            steps += story.steps();
        }
        System.out.printf(
                "%s%d seeds from %d in %d s, %d steps, the longest job %.0f s: %s%n",
                coverage.table(),
                SEEDS,
                FIRST,
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                steps,
                longest,
                ends);
        if (SEEDS >= 1_000) {
            assertThat(coverage.below(EVERY_CELL)).isEmpty();
            for (JobStatus status :
                    List.of(
                            JobStatus.PROVISIONING,
                            JobStatus.PREPARING,
                            JobStatus.QUEUED,
                            JobStatus.RUNNING)) {
                assertThat(coverage.count(status))
                        .as(status.text())
                        .isGreaterThanOrEqualTo(EVERY_CELL);
            }
        }
    }
}
