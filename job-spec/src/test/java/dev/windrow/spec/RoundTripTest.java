package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.ParallelJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeds are drawn anew in each run and printed in the failure; give one to run it again. */
final class RoundTripTest {
    private static final String SEED = "windrow.seed";

    private final long seed = Long.getLong(SEED, new Random().nextLong());

    @Test
    void loadsWhatItDumpedAsTheSameJob() {
        RandomJobs jobs = new RandomJobs(seed);
        for (int i = 0; i < 1000; i++) {
            ParallelJob job = jobs.next();
            String yaml = JobWriter.yaml(job);

            ParallelJob loaded = read(yaml);

            assertThat(JobWriter.firstDifference(job, loaded)).as(where(i, yaml)).isEmpty();
            assertThat(loaded).as(where(i, yaml)).isEqualTo(job);
            assertThat(JobWriter.canonical(loaded)).isEqualTo(JobWriter.canonical(job));
        }
    }

    @Test
    void givesUnequalJobsUnequalCanonicalTexts() {
        RandomJobs jobs = new RandomJobs(seed);
        ParallelJob before = jobs.next();
        for (int i = 0; i < 500; i++) {
            ParallelJob job = jobs.next();
            boolean same = job.equals(before);
            assertThat(JobWriter.canonical(job).equals(JobWriter.canonical(before)))
                    .as(where(i, ""))
                    .isEqualTo(same);
            assertThat(JobWriter.firstDifference(before, job).isEmpty())
                    .as(where(i, ""))
                    .isEqualTo(same);
            before = job;
        }
    }

    @Test
    void meetsAnyBytesWithAJobOrWithMistakes() {
        RandomJobs jobs = new RandomJobs(seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            byte[] yaml = JobWriter.yaml(jobs.next()).getBytes(StandardCharsets.UTF_8);
            byte[] mutated = mutate(yaml, random);
            try {
                JobReader.read(mutated, "job.yml", Path.of("/jobs"), ReadOptions.plain());
            } catch (InvalidJobException expected) {
                assertThat(expected.mistakes()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                String text = new String(mutated, StandardCharsets.UTF_8);
                throw new AssertionError(where(i, text), e);
            }
        }
    }

    private static byte[] mutate(byte[] yaml, Random random) {
        String marks = ":-[]{}&*!|>'\"%@`#,? \t\n\\${}<~0x1\0\u007f";
        byte[] mutated = yaml.clone();
        for (int change = 1 + random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] = (byte) marks.charAt(random.nextInt(marks.length()));
                case 2 -> {
                    int from = random.nextInt(mutated.length);
                    int length = Math.min(mutated.length - Math.max(at, from), 20);
                    System.arraycopy(mutated, from, mutated, at, length);
                }
                default -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
            }
        }
        return mutated;
    }

    private static ParallelJob read(String yaml) {
        return JobReader.read(yaml, "job.yml", Path.of("/jobs"), ReadOptions.plain()).job();
    }

    private String where(int index, String yaml) {
        return "-D" + SEED + "=" + seed + ", job " + index + ":\n" + yaml;
    }
}
