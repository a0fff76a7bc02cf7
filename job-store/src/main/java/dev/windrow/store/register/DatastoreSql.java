package dev.windrow.store.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements about datastores. */
final class DatastoreSql {

    private DatastoreSql() {}

    static void put(Handle handle, RegisteredDatastore store) {
        try (var insert =
                handle.createUpdate(
                        "insert or replace into datastore values (:workspace, :name, :kind, :path,"
                                + " :description, :created_at, :created_by, :modified_at,"
                                + " :modified_by)")) {
            insert.bind("workspace", store.workspace())
                    .bind("name", store.name())
                    .bind("kind", store.kind())
                    .bind("path", store.path().orElse(null))
                    .bind("description", store.description().orElse(null))
                    .bind("created_at", JobRow.millis(store.trace().createdAt()))
                    .bind("created_by", store.trace().createdBy())
                    .bind("modified_at", JobRow.millis(store.trace().modifiedAt()))
                    .bind("modified_by", store.trace().modifiedBy())
                    .execute();
        }
    }

    static Optional<RegisteredDatastore> find(Handle handle, String workspace, String name) {
        try (Query query =
                handle.createQuery(
                        "select * from datastore where workspace = :workspace and name = :name")) {
            return query.bind("workspace", workspace)
                    .bind("name", name)
                    .map(DatastoreSql::read)
                    .findOne();
        }
    }

    static List<RegisteredDatastore> list(Handle handle, String workspace) {
        try (Query query =
                handle.createQuery(
                        "select * from datastore where workspace = :workspace order by name")) {
            return query.bind("workspace", workspace).map(DatastoreSql::read).list();
        }
    }

    static boolean remove(Handle handle, String workspace, String name) {
        return handle.execute(
                        "delete from datastore where workspace = ? and name = ?", workspace, name)
                > 0;
    }

    private static RegisteredDatastore read(ResultSet row, StatementContext context)
            throws SQLException {
        return new RegisteredDatastore(
                row.getString("workspace"),
                row.getString("name"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("path")),
                Optional.ofNullable(row.getString("description")),
                ComputeSql.trace(row));
    }
}
