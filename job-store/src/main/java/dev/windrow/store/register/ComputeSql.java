package dev.windrow.store.register;

import dev.windrow.store.register.RegisteredCompute.ComputeTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements about computes. */
final class ComputeSql {

    private static final String KEY = " where workspace = :workspace and name = :name";

    private ComputeSql() {}

    static void put(Handle handle, RegisteredCompute compute) {
        try (var insert =
                handle.createUpdate(
                        "insert or replace into compute values (:workspace, :name, :kind, :spec,"
                                + " :findings, :description, :state, :error_code, :error_message,"
                                + " :operation, :created_at, :created_by, :modified_at,"
                                + " :modified_by)")) {
            insert.bind("workspace", compute.key().workspace())
                    .bind("name", compute.key().name())
                    .bind("kind", compute.kind())
                    .bind("spec", compute.spec())
                    .bind("findings", compute.findings().orElse(null))
                    .bind("description", compute.texts().description().orElse(null))
                    .bind("state", compute.state().text())
                    .bind("error_code", compute.error().map(Fault::code).orElse(null))
                    .bind("error_message", compute.error().map(Fault::message).orElse(null))
                    .bind("operation", compute.operation().orElse(null))
                    .bind("created_at", JobRow.millis(compute.trace().createdAt()))
                    .bind("created_by", compute.trace().createdBy())
                    .bind("modified_at", JobRow.millis(compute.trace().modifiedAt()))
                    .bind("modified_by", compute.trace().modifiedBy())
                    .execute();
        }
        forgetTags(handle, compute.key());
        compute.texts()
                .tags()
                .forEach((key, value) ->
                        handle.execute(
                                "insert into compute_tag values (?, ?, ?, ?)",
                                compute.key().workspace(),
                                compute.key().name(),
                                key,
                                value));
    }

    static Optional<RegisteredCompute> find(Handle handle, ComputeKey key) {
        try (Query query = handle.createQuery("select * from compute" + KEY)) {
            return query.bind("workspace", key.workspace())
                    .bind("name", key.name())
                    .map(ComputeSql::read)
                    .findOne()
                    .map(one -> tagged(handle, one));
        }
    }

    static List<RegisteredCompute> ofKind(Handle handle, String kind) {
        try (Query query = handle.createQuery("select * from compute where kind = :kind")) {
            return query.bind("kind", kind).map(ComputeSql::read).list();
        }
    }

    static List<RegisteredCompute> list(Handle handle, String workspace, String after, int max) {
        try (Query query =
                handle.createQuery(
                        "select * from compute where workspace = :workspace and name > :after"
                                + " order by name limit :max")) {
            return query.bind("workspace", workspace)
                    .bind("after", after)
                    .bind("max", max)
                    .map(ComputeSql::read)
                    .map(one -> tagged(handle, one))
                    .list();
        }
    }

    static void remove(Handle handle, ComputeKey key) {
        forgetTags(handle, key);
        handle.execute(
                "delete from compute where workspace = ? and name = ?",
                key.workspace(),
                key.name());
    }

    /** Names of unfinished jobs on a compute, the oldest first. */
    static List<String> jobs(Handle handle, ComputeKey key, int max) {
        try (Query query =
                handle.createQuery(
                        "select name from job where workspace = :workspace and compute = :name and"
                                + " ended_at is null order by submitted_at, name limit :max")) {
            return query.bind("workspace", key.workspace())
                    .bind("name", key.name())
                    .bind("max", max)
                    .mapTo(String.class)
                    .list();
        }
    }

    private static void forgetTags(Handle handle, ComputeKey key) {
        handle.execute(
                "delete from compute_tag where workspace = ? and name = ?",
                key.workspace(),
                key.name());
    }

    private static RegisteredCompute tagged(Handle handle, RegisteredCompute compute) {
        Map<String, String> tags = new LinkedHashMap<>();
        try (Query query =
                handle.createQuery("select key, value from compute_tag" + KEY + " order by key")) {
            query.bind("workspace", compute.key().workspace())
                    .bind("name", compute.key().name())
                    .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        }
        return compute.withTexts(
                new ComputeTexts(compute.texts().description(), tags), compute.trace());
    }

    private static RegisteredCompute read(ResultSet row, StatementContext context)
            throws SQLException {
        return new RegisteredCompute(
                new ComputeKey(row.getString("workspace"), row.getString("name")),
                row.getString("kind"),
                row.getString("spec"),
                Optional.ofNullable(row.getString("findings")),
                new ComputeTexts(Optional.ofNullable(row.getString("description")), Map.of()),
                ProvisioningState.of(row.getString("state")),
                fault(row),
                Optional.ofNullable(row.getString("operation")),
                trace(row));
    }

    static Optional<Fault> fault(ResultSet row) throws SQLException {
        Optional<String> code = Optional.ofNullable(row.getString("error_code"));
        String message = row.getString("error_message");
        return code.map(one -> new Fault(one, message == null ? "" : message));
    }

    static Trace trace(ResultSet row) throws SQLException {
        return new Trace(
                JobRow.instant(row.getLong("created_at")),
                row.getString("created_by"),
                JobRow.instant(row.getLong("modified_at")),
                row.getString("modified_by"));
    }
}
