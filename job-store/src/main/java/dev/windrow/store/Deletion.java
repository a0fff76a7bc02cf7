package dev.windrow.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Frees a job's rows in small transactions, so that others write in between.
 *
 * <p>The first one takes the job's name away: nothing finds it any more, and the name is free. Its
 * row goes last, so that no other job can get its number while rows are left. What a crash leaves
 * behind is freed by the next deletion.
 */
final class Deletion {

    private static final String CONDEMN = "update job set name = null where name = ?";
    private static final String CONDEMNED = "select id from job where name is null";
    private static final String KEYS = "id between ?1 << 32 and (?1 << 32) + 2147483647";

    /** Each frees some rows of the job; the first few, as a chunk may have many megabytes. */
    private static final List<String> STEPS =
            List.of(
                    some("plan_chunk", "id", KEYS, 8),
                    some("result", "id", KEYS, 20_000),
                    some("attempt", "job, number, epoch, counter", "job = ?1", 10_000),
                    some("result_history", "job, number, reopened", "job = ?1", 10_000),
                    some("event", "id", "job = ?1", 10_000),
                    "delete from job where id = ?1 and name is null");

    private static final String SHRINK = "pragma incremental_vacuum(1000)";

    private Deletion() {}

    /** Takes the job's name away; returns false when there is no such job. */
    static boolean condemn(Session session, String name) throws SQLException {
        PreparedStatement condemn = session.prepare(CONDEMN);
        condemn.setString(1, name);
        return condemn.executeUpdate() > 0;
    }

    /** One small transaction after the other for every job without a name; the order matters. */
    static List<SqlWork<Integer>> steps(Session session) throws SQLException {
        List<SqlWork<Integer>> steps = new ArrayList<>();
        try (ResultSet row = session.prepare(CONDEMNED).executeQuery()) {
            while (row.next()) {
                long job = row.getLong(1);
                STEPS.forEach(sql -> steps.add(s -> freed(s, sql, job)));
            }
        }
        return steps;
    }

    /** Gives a part of the free pages back to the file system; returns how many are left. */
    static long shrink(Session session) throws SQLException {
        session.run(SHRINK);
        return session.number("pragma freelist_count");
    }

    private static int freed(Session session, String sql, long job) throws SQLException {
        PreparedStatement step = session.prepare(sql);
        step.setLong(1, job);
        return step.executeUpdate();
    }

    private static String some(String table, String key, String rows, int limit) {
        return "delete from %1$s where (%2$s) in (select %2$s from %1$s where %3$s limit %4$d)"
                .formatted(table, key, rows, limit);
    }
}
