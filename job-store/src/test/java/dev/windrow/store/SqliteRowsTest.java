package dev.windrow.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.chunk;
import static dev.windrow.testing.store.LedgerRows.failed;
import static dev.windrow.testing.store.LedgerRows.results;
import static dev.windrow.testing.store.LedgerRows.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.testing.store.LedgerContents;
import dev.windrow.testing.store.LedgerRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRowsTest {

    private static final int MILLION = 1_000_000;
    private static final int GROUP = 50_000;

    /** Rows that one transaction of a deletion frees. */
    private static final int MOST = 20_000;

    @TempDir Path folder;
    private Path ledger = Path.of("");

    @BeforeEach
    void choose() {
        ledger = folder.resolve("ledger.db");
    }

    private long number(String sql) throws SQLException {
        try (Session session = new LedgerFile(ledger).open()) {
            return session.number(sql);
        }
    }

    @Test
    void flushesAtEachCommitAndWritesAheadOfTheFile() throws Exception {
        SqliteJobStore.open(ledger).close();
        try (Session session = new LedgerFile(ledger).open()) {
            assertThat(session.number("pragma synchronous")).isEqualTo(2);
            assertThat(session.number("select 'wal' = journal_mode from pragma_journal_mode"))
                    .isEqualTo(1);
            assertThat(session.number("pragma busy_timeout")).isEqualTo(LedgerFile.BUSY_MILLIS);
        }
    }

    @Test
    void givesTheLogItsFullLengthOnceAndReadsNothingFromTheEmptyPart() throws Exception {
        Path log = folder.resolve("ledger.db-wal");
        Path killed = folder.resolve("killed.db");
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            long epoch = started(store, "job");
            long length = Files.size(log);
            assertThat(length).isGreaterThan(1_000 * 4_096L);
            store.append("job", epoch, List.of(chunk(0, 0, 8)));
            store.append("job", epoch, results(0, 8));
            assertThat(Files.size(log)).isEqualTo(length);
            // What kill -9 leaves: the file and its log, without the index that is shared memory.
            Files.copy(ledger, killed);
            Files.copy(log, folder.resolve("killed.db-wal"));
            try (SqliteJobStore again = SqliteJobStore.open(killed)) {
                assertThat(LedgerContents.of(again, "job"))
                        .isEqualTo(LedgerContents.of(store, "job"));
                assertThat(again.results("job", 0, 9)).hasSize(8);
            }
        }
    }

    @Test
    void keepsWhatAReopeningTookAway() throws Exception {
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            long epoch = started(store, "job");
            for (int time = 1; time <= 2; time++) {
                store.append(
                        "job",
                        epoch,
                        List.of(
                                LedgerRows.attempt(5, time, 1),
                                failed(5),
                                LedgerRows.ended(JobStatus.FAILED, ErrorCode.NO_PROGRESS)));
                store.reopen("job", epoch, false, NOON);
            }
            assertThat(LedgerContents.of(store, "job").events())
                    .extracting(EventNoted::text)
                    .containsExactly(
                            "1 failed mini-batch is to be run again",
                            "1 failed mini-batch is to be run again");
        }
        assertThat(number("select count(*) from result_history where number = 5 and outcome = 2"))
                .isEqualTo(2);
        assertThat(number("select sum(reopened) from attempt where number = 5")).isEqualTo(3);
    }

    @Test
    void givesTheRoomOfADeletedJobBack() throws Exception {
        long small;
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            fill(store, "kept", 10);
        }
        small = Files.size(ledger);
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            fill(store, "gone", 50_000);
            fill(store, "kept too", 10);
            store.delete("gone");
        }
        assertThat(Files.size(ledger)).isLessThan(2 * small);
        for (String table : List.of("job", "plan_chunk", "result", "attempt", "event")) {
            assertThat(number("select count(*) from " + table)).as(table).isLessThanOrEqualTo(20);
        }
        assertThat(
                        number(
                                "select count(*) from pragma_integrity_check where integrity_check = 'ok'"))
                .isEqualTo(1);
    }

    private static void fill(SqliteJobStore store, String job, int results) {
        long epoch = started(store, job);
        store.append(job, epoch, results(0, results));
        store.append(
                job,
                epoch,
                List.of(
                        chunk(0, 0, results),
                        LedgerRows.attempt(0, 1, 1),
                        new EventNoted(NOON, "Came", job)));
    }

    @Test
    void finishesADeletionThatWasInterrupted() throws Exception {
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            fill(store, "half gone", 100);
            fill(store, "gone", 100);
        }
        try (Session session = new LedgerFile(ledger).open()) {
            session.writing(s -> Deletion.condemn(s, "half gone"));
        }
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            assertThat(store.find("half gone")).isEmpty();
            assertThat(store.list(10)).hasSize(1);
            store.delete("gone");
        }
        assertThat(number("select count(*) from result")).isZero();
        assertThat(number("select count(*) from job")).isZero();
    }

    @Test
    void freesAMillionMiniBatchesInSmallTransactionsThatMayBeBrokenOffAnywhere() throws Exception {
        try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
            fill(store, "gone", 1);
            for (int at = 0; at < MILLION; at += GROUP) {
                store.append("gone", 1, results(at, at + GROUP));
            }
        }
        try (Session session = new LedgerFile(ledger).open()) {
            session.writing(s -> Deletion.condemn(s, "gone"));
        }
        int transactions = 0;
        long before = MILLION;
        int freed = 1;
        while (freed > 0) {
            // Each time by a process that has just started, and others write in between.
            try (Session session = new LedgerFile(ledger).open()) {
                freed = 0;
                for (SqlWork<Integer> step : session.reading(Deletion::steps)) {
                    freed = freed > 0 ? freed : session.writing(step);
                }
            }
            assertThat(freed).isLessThanOrEqualTo(MOST);
            long left = number("select count(*) from result");
            assertThat(before - left).isLessThanOrEqualTo(MOST);
            before = left;
            transactions++;
            if (transactions == 20) {
                try (SqliteJobStore store = SqliteJobStore.open(ledger)) {
                    fill(store, "gone", 10);
                    assertThat(store.results("gone", 0, 20)).hasSize(10);
                }
                before += 10;
            }
        }
        assertThat(transactions).isGreaterThan(MILLION / MOST);
        assertThat(number("select count(*) from job")).isEqualTo(1);
        assertThat(number("select count(*) from result")).isEqualTo(10);
    }
}
