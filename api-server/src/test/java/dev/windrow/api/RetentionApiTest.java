package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.Retention;
import dev.windrow.store.SqliteJobStore;
import dev.windrow.testing.store.LedgerRows;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RetentionApiTest {

    private static final String[] SCRIPT = {"def run(mini_batch):", "    return mini_batch"};

    private static final int MILLION = 1_000_000;
    private static final int GROUP = 50_000;
    private static final int CALLS = 30;

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

    /** Gives an ended job's ledger a million results, as if it had been a large one. */
    private void fabricate(String name) {
        try (SqliteJobStore store =
                SqliteJobStore.open(home.resolve("jobs").resolve(name).resolve("ledger.db"))) {
            long epoch = store.takeOver(name);
            for (int at = 1; at < MILLION; at += GROUP) {
                store.append(name, epoch, LedgerRows.results(at, at + GROUP));
            }
        }
    }

    @Test
    @Timeout(120)
    void aJobOfAMillionMiniBatchesIsDeletedBesideEverythingElse() throws Exception {
        run(HostLimits.DEFAULT, "big", "small");
        fabricate("big");
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            Path folder = api.job("next", 1, SCRIPT);
            CompletableFuture<HttpResponse<String>> deleted =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            return api.send(api.to(JOBS + "/big").DELETE());
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            String submission = RunningApi.submission(folder, RunningApi.spec());
            assertThat(api.put("next", submission).statusCode()).isEqualTo(201);
            for (int i = 0; i < CALLS; i++) {
                assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
                assertThat(api.get(JOBS + "/small").statusCode()).isEqualTo(200);
                assertThat(api.get(JOBS + "/big").statusCode()).isIn(200, 404);
            }
            assertThat(deleted.get().statusCode()).isEqualTo(204);
            assertThat(api.get(JOBS + "/big").statusCode()).isEqualTo(404);
            assertThat(home.resolve("jobs/big")).doesNotExist();
            assertThat(api.put("big", submission).statusCode()).isEqualTo(201);
            assertThat(api.ended("big").path("status").stringValue("")).isEqualTo("Completed");
            assertThat(api.ended("next").path("status").stringValue("")).isEqualTo("Completed");
            awaitFreed();
            assertThat(api.faults).isEmpty();
        }
    }

    private void awaitFreed() throws IOException {
        while (removed() > 0) {
            Thread.onSpinWait();
        }
    }

    private long removed() throws IOException {
        try (var folders = Files.list(home.resolve("jobs"))) {
            return folders.filter(one -> one.getFileName().toString().startsWith(".")).count();
        }
    }

    @Test
    @Timeout(120)
    void aLargeJobThatEndedLongAgoGoesToo() throws Exception {
        run(HostLimits.DEFAULT, "big");
        fabricate("big");
        Retention retention =
                new Retention(Optional.of(Duration.ofNanos(1)), Duration.ofDays(7), 1 << 20);
        try (RunningApi api = new RunningApi(home, new HostLimits(1, 10, retention))) {
            while (api.get(JOBS + "/big").statusCode() != 404) {
                assertThat(api.get(JOBS).statusCode()).isEqualTo(200);
            }
            awaitFreed();
            assertThat(api.faults).isEmpty();
        }
    }

    /** What a kill leaves: the folder is out of sight, and the register knows the job. */
    @Test
    @Timeout(60)
    void aDeletionThatWasBrokenOffIsGoneOnWithAfterARestart() throws Exception {
        run(HostLimits.DEFAULT, "one", "two");
        Path away = Files.createDirectories(home.resolve("jobs/.removed-0"));
        Files.move(home.resolve("jobs/one"), away.resolve("one"));
        Files.delete(away.resolve("one/ledger.db"));
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            assertThat(api.get(JOBS + "/one").statusCode()).isEqualTo(404);
            assertThat(api.get(JOBS).body()).contains("two").doesNotContain("one");
            Path folder = api.job("one", 1, SCRIPT);
            HttpResponse<String> again =
                    api.put("one", RunningApi.submission(folder, RunningApi.spec()));
            assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
            api.ended("one");
            awaitFreed();
            assertThat(api.get(JOBS + "/one").statusCode()).isEqualTo(200);
            assertThat(api.faults).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void aJobWithTheLongestNameCanBeDeleted() throws Exception {
        String name = "n".repeat(255);
        run(HostLimits.DEFAULT, name);
        try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
            HttpResponse<String> deleted = api.send(api.to(JOBS + "/" + name).DELETE());
            assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
            assertThat(api.faults).isEmpty();
        }
    }
}
