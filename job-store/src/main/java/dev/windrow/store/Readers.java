package dev.windrow.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections that only read, opened when first needed, so that readers neither wait for the writer
 * nor for one another. At most {@value #MOST} at once; a further reader waits for one of them.
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
        permits.acquireUninterruptibly();
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
