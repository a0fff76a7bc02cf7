package dev.windrow.store.register;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A job as a row, and back. Moments are milliseconds since 1970. */
final class JobRow {

    static final List<String> COLUMNS =
            List.of(
                    "workspace",
                    "name",
                    "submitted_at",
                    "created_by",
                    "modified_at",
                    "modified_by",
                    "display_name",
                    "description",
                    "experiment_name",
                    "archived",
                    "compute",
                    "status",
                    "reason_code",
                    "reason",
                    "first_cause",
                    "ended_at",
                    "mini_batches",
                    "succeeded_mini_batches",
                    "failed_mini_batches",
                    "items",
                    "succeeded_items",
                    "failed_items",
                    "returned_rows",
                    "attempts",
                    "retries",
                    "plan_complete");

    private JobRow() {}

    static long millis(Instant at) {
        return at.toEpochMilli();
    }

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    static Map<String, @Nullable Object> of(RegisteredJob job) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("workspace", job.key().workspace());
        row.put("name", job.key().name());
        row.put("submitted_at", millis(job.submittedAt()));
        row.put("created_by", job.createdBy());
        row.put("modified_at", millis(job.modifiedAt()));
        row.put("modified_by", job.modifiedBy());
        row.put("display_name", job.texts().displayName().orElse(null));
        row.put("description", job.texts().description().orElse(null));
        row.put("experiment_name", job.texts().experimentName().orElse(null));
        row.put("archived", job.archived() ? 1 : 0);
        row.put("compute", job.compute());
        row.put("status", job.status().text());
        row.put("reason_code", job.reason().map(Reason::code).orElse(null));
        row.put("reason", job.reason().map(Reason::message).orElse(null));
        row.put("first_cause", job.reason().flatMap(Reason::firstCause).orElse(null));
        row.put("ended_at", job.endedAt().map(JobRow::millis).orElse(null));
        putCounts(row, job.counts().orElse(null));
        return row;
    }

    private static void putCounts(Map<String, @Nullable Object> row, @Nullable Counts counts) {
        row.put("mini_batches", counts == null ? null : counts.miniBatches());
        row.put("succeeded_mini_batches", counts == null ? null : counts.succeededMiniBatches());
        row.put("failed_mini_batches", counts == null ? null : counts.failedMiniBatches());
        row.put("items", counts == null ? null : counts.items());
        row.put("succeeded_items", counts == null ? null : counts.succeededItems());
        row.put("failed_items", counts == null ? null : counts.failedItems());
        row.put("returned_rows", counts == null ? null : counts.returnedRows());
        row.put("attempts", counts == null ? null : counts.attempts());
        row.put("retries", counts == null ? null : counts.retries());
        row.put("plan_complete", counts == null ? null : counts.planComplete() ? 1 : 0);
    }

    /** Reads all but the labels. */
    static RegisteredJob read(ResultSet row, StatementContext context) throws SQLException {
        return new RegisteredJob(
                new JobKey(row.getString("workspace"), row.getString("name")),
                instant(row.getLong("submitted_at")),
                row.getString("created_by"),
                instant(row.getLong("modified_at")),
                row.getString("modified_by"),
                new JobTexts(
                        text(row, "display_name"),
                        text(row, "description"),
                        text(row, "experiment_name"),
                        Map.of(),
                        Map.of()),
                row.getInt("archived") == 1,
                row.getString("compute"),
                JobStatus.of(row.getString("status")),
                reason(row),
                counts(row),
                ended(row));
    }

    private static Optional<Reason> reason(ResultSet row) throws SQLException {
        Optional<String> code = text(row, "reason_code");
        return code.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Reason(
                                code.get(),
                                text(row, "reason").orElse(""),
                                text(row, "first_cause")));
    }

    private static Optional<Counts> counts(ResultSet row) throws SQLException {
        long miniBatches = row.getLong("mini_batches");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Counts(
                        row.getInt("plan_complete") == 1,
                        miniBatches,
                        row.getLong("succeeded_mini_batches"),
                        row.getLong("failed_mini_batches"),
                        row.getLong("items"),
                        row.getLong("succeeded_items"),
                        row.getLong("failed_items"),
                        row.getLong("returned_rows"),
                        row.getLong("attempts"),
                        row.getLong("retries")));
    }

    private static Optional<Instant> ended(ResultSet row) throws SQLException {
        long at = row.getLong("ended_at");
        return row.wasNull() ? Optional.empty() : Optional.of(instant(at));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
