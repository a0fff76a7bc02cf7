package dev.windrow.store;

import static dev.windrow.testing.store.LedgerRows.results;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.store.JobStore;
import dev.windrow.testing.store.LedgerContents;
import dev.windrow.testing.store.LedgerRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFaultsTest {

    @TempDir Path folder;
    private Path ledger = Path.of("");

    @BeforeEach
    void choose() {
        ledger = folder.resolve("ledger.db");
    }

    private static int appendUntilFull(JobStore store, long epoch) {
        for (int from = 0; ; from += 1_000) {
            int first = from;
            EngineException full =
                    catchThrowableOfType(
                            EngineException.class,
                            () -> store.append("job", epoch, results(first, first + 1_000)));
            if (full != null) {
                assertThat(full.code()).as(full.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(full).hasMessageContainingAll("ledger.db", "MiB", "make room");
                return from;
            }
        }
    }

    @Test
    void keepsTheLedgerUsableWhenTheDiskIsFull() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(folder)) {
            try (SqliteJobStore store = SqliteJobStore.open(disk.folder().resolve("ledger.db"))) {
                long epoch = started(store, "job");
                store.append("job", epoch, results(100_000, 101_000));
                Path filler = disk.fill();
                int stored = appendUntilFull(store, epoch);
                assertThat(LedgerContents.of(store, "job").results()).hasSize(stored + 1_000);
                assertRefused(
                        ErrorCode.DISK_FULL,
                        () -> store.append("job", epoch, results(50_000, 60_000)));
                Files.delete(filler);
                store.append("job", epoch, results(stored, stored + 1_000));
                assertThat(LedgerContents.of(store, "job").results()).hasSize(stored + 2_000);
            }
        }
    }

    @Test
    void saysThatTheDiskIsFullWhenALedgerCannotBeMade() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(folder)) {
            Path filler = disk.fill();
            Path file = disk.folder().resolve("ledger.db");
            assertRefused(ErrorCode.DISK_FULL, () -> SqliteJobStore.open(file).close());
            Files.delete(filler);
            SqliteJobStore.open(file).close();
        }
    }

    /** The same without a file system of its own: SQLite is told that there is no more room. */
    @Test
    void keepsNothingOfAGroupThatFindsNoRoom() throws Exception {
        try (JobStore store = SqliteJobStore.open(ledger)) {
            started(store, "job");
        }
        try (Session session = new LedgerFile(ledger).open()) {
            long job = session.reading(s -> JobRows.existing(s, "job")).id();
            long pages = session.number("pragma page_count");
            session.number("pragma max_page_count = " + (pages + 20));
            SQLException full =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> session.writing(s -> written(s, job, 0, 5_000)));
            assertThat(new Faults(ledger).of(full).code()).isEqualTo(ErrorCode.DISK_FULL);
            session.writing(s -> written(s, job, 10, 20));
        }
        try (JobStore store = SqliteJobStore.open(ledger)) {
            assertThat(store.results("job", 0, 100)).hasSize(10);
        }
    }

    private static boolean written(Session session, long job, int from, int below)
            throws SQLException {
        GroupWriter.write(session, job, results(from, below));
        return true;
    }

    @Test
    void refusesToWriteAReadOnlyFile() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(folder)) {
            Path file = disk.folder().resolve("ledger.db");
            SqliteJobStore.open(file).close();
            disk.makeReadOnly();
            String message = assertRefused(ErrorCode.LEDGER_UNAVAILABLE, () -> submitTo(file));
            assertThat(message).contains(file.toString(), "writable");
        }
    }

    @Test
    void refusesToWriteAFileWithoutThePermission() {
        SqliteJobStore.open(ledger).close();
        assertThat(ledger.toFile().setReadOnly()).isTrue();
        assumeFalse(Files.isWritable(ledger), "this user is root, whom no permission stops");
        String message = assertRefused(ErrorCode.LEDGER_UNAVAILABLE, () -> submitTo(ledger));
        assertThat(message).contains(ledger.toString(), "writable");
    }

    private static void submitTo(Path file) {
        try (JobStore store = SqliteJobStore.open(file)) {
            store.submit(LedgerRows.job("job"));
        }
    }

    @Test
    void refusesAFileThatIsNotADatabase() throws Exception {
        Files.writeString(ledger, "name,value\n".repeat(1_000));
        byte[] before = Files.readAllBytes(ledger);
        String message =
                assertRefused(
                        ErrorCode.LEDGER_UNAVAILABLE, () -> SqliteJobStore.open(ledger).close());
        assertThat(message).contains("not a ledger", ledger.toString());
        assertThat(Files.readAllBytes(ledger)).isEqualTo(before);
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws Exception {
        execute("create table t (a)");
        String message =
                assertRefused(
                        ErrorCode.LEDGER_UNAVAILABLE, () -> SqliteJobStore.open(ledger).close());
        assertThat(message).contains("another program");
        execute("pragma user_version = 1");
        assertRefused(ErrorCode.LEDGER_UNAVAILABLE, () -> SqliteJobStore.open(ledger).close());
    }

    @Test
    void refusesALedgerOfANewerVersion() throws Exception {
        SqliteJobStore.open(ledger).close();
        execute("pragma user_version = 7");
        String message =
                assertRefused(
                        ErrorCode.LEDGER_UNAVAILABLE, () -> SqliteJobStore.open(ledger).close());
        assertThat(message)
                .contains(
                        "schema version 7",
                        "expected: " + Migrations.VERSION + " or less",
                        "newer");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path lost = folder.resolve("none").resolve("ledger.db");
        String message =
                assertRefused(
                        ErrorCode.LEDGER_UNAVAILABLE, () -> SqliteJobStore.open(lost).close());
        assertThat(message).contains("folder " + lost.getParent());
    }

    @Test
    void saysThatAFileIsDamaged() throws Exception {
        try (JobStore store = SqliteJobStore.open(ledger)) {
            long epoch = started(store, "job");
            store.append("job", epoch, results(0, 5_000));
        }
        byte[] bytes = Files.readAllBytes(ledger);
        Arrays.fill(bytes, 16 * 4_096, bytes.length, (byte) 0x55);
        Files.write(ledger, bytes);
        try (JobStore store = SqliteJobStore.open(ledger)) {
            String message =
                    assertRefused(
                            ErrorCode.LEDGER_UNAVAILABLE, () -> store.results("job", 0, 5_000));
            assertThat(message).contains("damaged");
        }
    }

    @Test
    void opensALedgerInAFolderWithAnOddName() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a b?c=d#e%f&ä;'"));
        Path file = odd.resolve("ledger?mode=memory.db");
        try (JobStore store = SqliteJobStore.open(file)) {
            started(store, "job");
        }
        assertThat(file).isRegularFile();
        try (JobStore store = SqliteJobStore.open(file)) {
            assertThat(store.find("job")).isPresent();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }
}
