package dev.windrow.store.register;

import dev.windrow.store.register.ComputeOperation.Kind;
import dev.windrow.store.register.ComputeOperation.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements about operations. */
final class OperationSql {

    private OperationSql() {}

    /** Keeps an operation, and forgets the oldest that have ended beyond so many. */
    static void put(Handle handle, ComputeOperation operation, int kept) {
        try (var insert =
                handle.createUpdate(
                        "insert or replace into operation values (:workspace, :id, :kind, :target,"
                                + " :force, :state, :error_code, :error_message, :started_at,"
                                + " :started_by, :ended_at)")) {
            insert.bind("workspace", operation.workspace())
                    .bind("id", operation.id())
                    .bind("kind", operation.kind().text())
                    .bind("target", operation.target())
                    .bind("force", operation.force() ? 1 : 0)
                    .bind("state", operation.state().text())
                    .bind("error_code", operation.error().map(Fault::code).orElse(null))
                    .bind("error_message", operation.error().map(Fault::message).orElse(null))
                    .bind("started_at", JobRow.millis(operation.startedAt()))
                    .bind("started_by", operation.startedBy())
                    .bind("ended_at", operation.endedAt().map(JobRow::millis).orElse(null))
                    .execute();
        }
        handle.execute(
                "delete from operation where ended_at < (select ended_at from operation where"
                        + " ended_at is not null order by ended_at desc limit 1 offset ?)",
                kept);
    }

    static Optional<ComputeOperation> find(Handle handle, String workspace, String id) {
        try (Query query =
                handle.createQuery(
                        "select * from operation where workspace = :workspace and id = :id")) {
            return query.bind("workspace", workspace)
                    .bind("id", id)
                    .map(OperationSql::read)
                    .findOne();
        }
    }

    static List<ComputeOperation> unfinished(Handle handle) {
        try (Query query =
                handle.createQuery(
                        "select * from operation where ended_at is null order by started_at, id")) {
            return query.map(OperationSql::read).list();
        }
    }

    private static ComputeOperation read(ResultSet row, StatementContext context)
            throws SQLException {
        long ended = row.getLong("ended_at");
        boolean goesOn = row.wasNull();
        return new ComputeOperation(
                row.getString("workspace"),
                row.getString("id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                row.getInt("force") == 1,
                State.of(row.getString("state")),
                ComputeSql.fault(row),
                JobRow.instant(row.getLong("started_at")),
                row.getString("started_by"),
                goesOn ? Optional.empty() : Optional.of(JobRow.instant(ended)));
    }
}
