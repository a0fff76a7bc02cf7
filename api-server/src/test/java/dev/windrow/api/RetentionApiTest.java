package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RetentionApiTest {

    private static final String[] SCRIPT = {"def run(mini_batch):", "    return mini_batch"};

    @TempDir Path home;

    private void run(HostLimits limits, String... names) throws Exception {
        try (RunningApi api = new RunningApi(home, limits)) {
            for (String name : names) {
                Path folder = api.job(name, 1, SCRIPT);
                api.put(name, RunningApi.submission(folder, RunningApi.spec()));
                api.ended(name);
            }
            assertThat(api.faults).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void jobsThatEndedLongAgoGoWithTheirFoldersAndTheOthersStay() throws Exception {
        run(HostLimits.DEFAULT, "one", "two");
        // What a crash in the middle of a removal leaves.
        Path half = Files.createDirectories(home.resolve("jobs/.removed-zero/logs"));
        Path output = home.resolve("datastores/workspaceblobstore/azureml/one/scores");
        assertThat(output).exists();
        Retention retention =
                new Retention(Optional.of(Duration.ofNanos(1)), Duration.ofDays(7), 1 << 20);
        try (RunningApi api = new RunningApi(home, new HostLimits(1, 10, retention))) {
            while (api.get(JOBS + "/one").statusCode() != 404
                    || api.get(JOBS + "/two").statusCode() != 404) {
                Thread.onSpinWait();
            }
            assertThat(api.faults).isEmpty();
        }
        assertThat(home.resolve("jobs/one")).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(output).exists();
    }

    @Test
    void withoutALimitNothingGoes() throws Exception {
        run(HostLimits.DEFAULT, "one");
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            assertThat(api.get(JOBS + "/one").statusCode()).isEqualTo(200);
        }
    }
}
