package dev.windrow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.runtime.compute.Clusters;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.content.ContentLimits;
import dev.windrow.runtime.job.JobLock;
import dev.windrow.store.SqliteJobStore;
import dev.windrow.testing.store.LedgerRows;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removing what is large: at once out of sight, freed in small steps that may be broken off. */
final class JobRemovalTest {

    private static final int MILLION = 1_000_000;
    private static final int GROUP = 50_000;
    private static final int STEP = 1_000;
    private static final int LOGS = 3_500;

    @TempDir private Path home;
    private final List<String> asked = new ArrayList<>();

    private JobCatalog catalog() {
        return new Assembly(
                        home,
                        ContentLimits.DEFAULT,
                        InstantSource.system(),
                        this::counted,
                        Clusters.NONE)
                .catalog();
    }

    private JobStore counted(JobStore store) {
        return (JobStore)
                Proxy.newProxyInstance(
                        JobStore.class.getClassLoader(),
                        new Class<?>[] {JobStore.class},
                        (_, method, arguments) -> {
                            asked.add(method.getName());
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Path ended(String name, int miniBatches) throws IOException {
        JobFolder folder = JobFolder.of(home, name);
        Files.createDirectories(folder.root());
        try (SqliteJobStore store = SqliteJobStore.open(folder.ledger())) {
            store.submit(JobRow.submitted(name, "spec", "digest", Instant.EPOCH));
            long epoch = store.takeOver(name);
            for (int at = 0; at < miniBatches; at += GROUP) {
                store.append(
                        name, epoch, LedgerRows.results(at, Math.min(at + GROUP, miniBatches)));
            }
            store.append(
                    name,
                    epoch,
                    List.of(
                            new StatusChanged(
                                    JobStatus.COMPLETED, Optional.empty(), Instant.EPOCH)));
        }
        return folder.root();
    }

    private void logs(Path job) throws IOException {
        Path logs = Files.createDirectories(job.resolve("logs/user"));
        for (int i = 0; i < LOGS; i++) {
            Files.createFile(logs.resolve("log" + i));
        }
    }

    private long files() throws IOException {
        try (var all = Files.walk(home.resolve("jobs"))) {
            return all.count() - 1;
        }
    }

    @Test
    void aMillionMiniBatchesAreOutOfSightWithoutBeingRead() throws IOException {
        Path job = ended("big", MILLION);
        assertThat(Files.size(job.resolve("ledger.db"))).isGreaterThan(20L * MILLION);

        assertThat(catalog().hide("big")).isTrue();

        assertThat(asked).containsExactly("find", "close");
        assertThat(job).doesNotExist();
        assertThat(catalog().list()).isEmpty();
        assertThat(catalog().sweepSome()).isFalse();
        assertThat(files()).isZero();
    }

    @Test
    void whatAJobHoldsIsFreedInSmallStepsThatMayBeBrokenOff() throws IOException {
        logs(ended("big", 10));
        assertThat(catalog().hide("big")).isTrue();
        Path again = ended("big", 10);

        int steps = 0;
        long before = files();
        // Each time by another server.
        while (catalog().sweepSome()) {
            steps++;
            assertThat(before - files()).isBetween(1L, (long) STEP);
            before = files();
            assertThat(catalog().list()).hasSize(1);
        }

        assertThat(steps).isEqualTo(LOGS / STEP);
        assertThat(again.resolve("ledger.db")).exists();
        assertThat(catalog().hidden()).isEmpty();
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void jobsOfOneNameAreRemovedOneAfterTheOtherBeforeAnyIsFreed() throws IOException {
        for (int i = 0; i < 3; i++) {
            ended("same", 10);
            assertThat(catalog().hide("same")).isTrue();
        }
        assertThat(catalog().hidden()).containsExactly("same", "same", "same");

        catalog().sweep();

        assertThat(files()).isZero();
    }

    @Test
    void theLongestNameThereIsCanBeRemoved() throws IOException {
        String name = "n".repeat(255);
        ended(name, 10);

        assertThat(catalog().remove(name)).isTrue();

        assertThat(files()).isZero();
    }

    @Test
    void aJobThatSomebodyOwnsStays() throws IOException {
        Path job = ended("owned", 10);
        try (JobLock _ = JobLock.take(JobFolder.of(home, "owned"), "owned")) {
            assertThat(catalog().remove("owned")).isFalse();
        }
        assertThat(job.resolve("ledger.db")).exists();
    }
}
