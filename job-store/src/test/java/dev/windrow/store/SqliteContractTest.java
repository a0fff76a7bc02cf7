package dev.windrow.store;

import dev.windrow.engine.store.JobStore;
import dev.windrow.testing.store.JobStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteContractTest implements JobStoreContract {

    @TempDir Path folder;

    @Override
    public JobStore open() {
        return SqliteJobStore.open(folder.resolve("ledger.db"));
    }

    /**
     * The file and its log as they are now; without the shared memory, which a crash takes away.
     */
    @Override
    public JobStore reopenAfterCrash(JobStore store) {
        try {
            Path copy = Files.createDirectory(folder.resolve("after the crash"));
            for (String name : new String[] {"ledger.db", "ledger.db-wal"}) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
            store.close();
            return SqliteJobStore.open(copy.resolve("ledger.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
