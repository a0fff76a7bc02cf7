package dev.windrow.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Frees a job's rows in small transactions, so that others write in between. The name is free after
 * the first one; what a crash leaves behind is freed by the next deletion.
 */
final class Deletion {

    private static final String CONDEMN = "update job set name = null where name = ?";
    private static final String CONDEMNED = "(select id from job where name is null)";

    /** Rows freed in one step; a plan's chunk may have many megabytes. */
    private static final List<String> STEPS =
            List.of(
                    byKey("plan_chunk", 8),
                    byKey("result", 20_000),
                    byJob("attempt", "number, epoch, counter", 10_000),
                    byJob("result_history", "number, reopened", 10_000),
                    byJob("event", "id", 10_000),
                    "delete from job where name is null");

    private static final String VACUUM = "pragma incremental_vacuum(1000)";

    private Deletion() {}

    /** One small transaction; returns how many rows it changed. */
    static List<SqlWork<Integer>> steps() {
        return STEPS.stream().<SqlWork<Integer>>map(sql -> s -> run(s, sql)).toList();
    }

    static int condemn(Session session, String name) throws SQLException {
        PreparedStatement condemn = session.prepare(CONDEMN);
        condemn.setString(1, name);
        return condemn.executeUpdate();
    }

    /** Gives a part of the free pages back to the file system; returns how many are left. */
    static int shrink(Session session) throws SQLException {
        session.run(VACUUM);
        return (int) Math.min(Integer.MAX_VALUE, session.number("pragma freelist_count"));
    }

    private static int run(Session session, String sql) throws SQLException {
        return session.prepare(sql).executeUpdate();
    }

    private static String byKey(String table, int limit) {
        return "delete from %1$s where id in (select t.id from %2$s j join %1$s t on t.id between j.id << 32 and (j.id << 32) + 2147483647 limit %3$d)"
                .formatted(table, CONDEMNED, limit);
    }

    private static String byJob(String table, String key, int limit) {
        return "delete from %1$s where (job, %2$s) in (select job, %2$s from %1$s where job in %3$s limit %4$d)"
                .formatted(table, key, CONDEMNED, limit);
    }
}
