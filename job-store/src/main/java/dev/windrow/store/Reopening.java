package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.model.Counted;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Makes an ended job one that goes on, inside a transaction of the caller's. */
final class Reopening {

    private static final String CHOSEN = " from result where id between ? and ? and outcome >= ?";
    private static final String COUNT = "update job set reopened = reopened + 1 where id = ?";
    private static final String KEEP =
            "insert into result_history"
                    + " (job, number, reopened, outcome, items, returned, detail, error)"
                    + " select id >> 32, id & 2147483647,"
                    + " (select reopened from job where job.id = result.id >> 32),"
                    + " outcome, items, returned, detail, error"
                    + CHOSEN;
    private static final String ATTEMPTS =
            "update attempt set reopened = (select reopened from job where id = attempt.job)"
                    + " where job = ? and reopened = 0"
                    + " and number in (select id & 2147483647"
                    + CHOSEN
                    + ")";
    private static final String FREE = "delete" + CHOSEN;
    private static final String START =
            "update job set status = ?, reason = null, ended_at = null where id = ?";

    private Reopening() {}

    static void reopen(Session session, String name, long epoch, boolean shortOnesToo, Instant at)
            throws SQLException {
        JobRows.Owned job = JobRows.owned(session, name, epoch);
        if (job.status() != JobStatus.FAILED && job.status() != JobStatus.CANCELED) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job %s: status %s (expected: Failed or Canceled, to go on with it)"
                            .formatted(name, job.status()));
        }
        int worst = shortOnesToo ? 1 : 2;
        PreparedStatement count = session.prepare(COUNT);
        count.setLong(1, job.id());
        count.executeUpdate();
        int kept = chosen(session.prepare(KEEP), 1, job.id(), worst);
        PreparedStatement attempts = session.prepare(ATTEMPTS);
        attempts.setLong(1, job.id());
        chosen(attempts, 2, job.id(), worst);
        chosen(session.prepare(FREE), 1, job.id(), worst);
        PreparedStatement start = session.prepare(START);
        start.setString(1, JobStatus.STARTING.text());
        start.setLong(2, job.id());
        start.executeUpdate();
        String text =
                Counted.of(kept, "failed mini-batch is", "failed mini-batches are")
                        + " to be run again";
        GroupWriter.event(session, job.id(), new EventNoted(at, "Reopened", text));
    }

    private static int chosen(PreparedStatement statement, int column, long job, int outcome)
            throws SQLException {
        statement.setLong(column, Keys.key(job, 0));
        statement.setLong(column + 1, Keys.last(job));
        statement.setInt(column + 2, outcome);
        return statement.executeUpdate();
    }
}
