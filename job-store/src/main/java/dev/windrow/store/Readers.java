package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections that only read, opened when first needed, so that readers neither wait for the writer
 * nor for one another. At most {@value #MOST} at once; a further reader waits ten seconds for one
 * of them, then it is refused.
 */
final class Readers {

    private static final int MOST = 16;
    private static final int KEPT = 2;

    private final LedgerFile file;
    private final Semaphore permits = new Semaphore(MOST);
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(LedgerFile file) {
        this.file = file;
    }

    <T extends @Nullable Object> T read(SqlWork<T> work) throws SQLException {
        permit();
        try {
            Session session = borrow();
            try {
                return session.reading(work);
            } finally {
                giveBack(session);
            }
        } finally {
            permits.release();
        }
    }

    /** Waits with a bound: readers that read within their reading could wait for one another. */
    private void permit() {
        if (permits.tryAcquire()) {
            return;
        }
        try {
            if (permits.tryAcquire(LedgerFile.BUSY_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new EngineException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "ledger %s: %d readers at once (expected: that one of them ends); read less at a time"
                        .formatted(file.path(), MOST));
    }

    void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            while (!idle.isEmpty()) {
                idle.pop().close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Session borrow() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw Faults.closed();
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        } finally {
            lock.unlock();
        }
        return file.open();
    }

    private void giveBack(Session session) throws SQLException {
        lock.lock();
        try {
            if (!closed && idle.size() < KEPT) {
                idle.push(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        session.close();
    }
}
