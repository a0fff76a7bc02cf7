package dev.windrow.store.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements about tokens. */
final class TokenSql {

    private TokenSql() {}

    static void insert(Handle handle, StoredToken token) {
        try (var insert =
                handle.createUpdate(
                        "insert into token (hash, user, role, workspace, created_at, created_by,"
                                + " expires_at, computes) values (:hash, :user, :role,"
                                + " :workspace, :created_at, :created_by, :expires_at,"
                                + " :computes)")) {
            insert.bind("hash", token.hash())
                    .bind("user", token.user())
                    .bind("role", token.role())
                    .bind("workspace", token.workspace().orElse(null))
                    .bind("created_at", JobRow.millis(token.createdAt()))
                    .bind("created_by", token.createdBy())
                    .bind("expires_at", token.expiresAt().map(JobRow::millis).orElse(null))
                    .bind("computes", String.join(" ", token.computes()))
                    .execute();
        }
    }

    static List<StoredToken> all(Handle handle) {
        try (var query = handle.createQuery("select * from token order by created_at, hash")) {
            return query.map(TokenSql::read).list();
        }
    }

    static boolean remove(Handle handle, String id) {
        return handle.execute("delete from token where substr(hash, 1, 16) = ?", id) > 0;
    }

    /** Names of computes hold no blanks. */
    private static Set<String> computes(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }

    private static StoredToken read(ResultSet row, StatementContext context) throws SQLException {
        long expires = row.getLong("expires_at");
        boolean never = row.wasNull();
        return new StoredToken(
                row.getString("hash"),
                row.getString("user"),
                row.getString("role"),
                Optional.ofNullable(row.getString("workspace")),
                computes(row.getString("computes")),
                JobRow.instant(row.getLong("created_at")),
                row.getString("created_by"),
                never ? Optional.empty() : Optional.of(JobRow.instant(expires)));
    }
}
