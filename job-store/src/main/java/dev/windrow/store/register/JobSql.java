package dev.windrow.store.register;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements of the register. */
final class JobSql {

    private static final String TAG = "tag";
    private static final String PROPERTY = "property";

    private static final String KEY = " where workspace = :workspace and name = :name";

    private JobSql() {}

    static boolean insert(Handle handle, RegisteredJob job) {
        String sql =
                "insert or ignore into job (%s) values (%s)"
                        .formatted(
                                String.join(", ", JobRow.COLUMNS),
                                ":" + String.join(", :", JobRow.COLUMNS));
        try (var insert = handle.createUpdate(sql)) {
            boolean made = insert.bindMap(JobRow.of(job)).execute() == 1;
            if (made) {
                labels(handle, job);
            }
            return made;
        }
    }

    static void update(Handle handle, RegisteredJob job) {
        String columns =
                String.join(", ", JobRow.COLUMNS.stream().map(one -> one + " = :" + one).toList());
        try (var update = handle.createUpdate("update job set " + columns + KEY)) {
            update.bindMap(JobRow.of(job)).execute();
        }
        forget(handle, job.key(), "label");
        labels(handle, job);
    }

    private static void labels(Handle handle, RegisteredJob job) {
        JobTexts texts = job.texts();
        texts.tags().forEach((key, value) -> label(handle, job.key(), TAG, key, value));
        texts.properties().forEach((key, value) -> label(handle, job.key(), PROPERTY, key, value));
    }

    private static void label(Handle handle, JobKey job, String kind, String key, String value) {
        handle.execute(
                "insert into label values (?, ?, ?, ?, ?)",
                job.workspace(),
                job.name(),
                kind,
                key,
                value);
    }

    static Optional<RegisteredJob> find(Handle handle, JobKey key) {
        try (Query query = keyed(handle.createQuery("select * from job" + KEY), key)) {
            return query.map(JobRow::read).findOne().map(job -> labeled(handle, job));
        }
    }

    static List<RegisteredJob> unfinished(Handle handle) {
        try (Query query =
                handle.createQuery(
                        "select * from job where ended_at is null order by submitted_at, name")) {
            return query.map(JobRow::read).map(job -> labeled(handle, job)).list();
        }
    }

    static List<RegisteredJob> list(Handle handle, String workspace, JobFilter filter) {
        StringBuilder sql = new StringBuilder("select * from job where workspace = :workspace");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("workspace", workspace);
        values.put("max", filter.max());
        filter.archived()
                .ifPresent(away -> {
                    sql.append(" and archived = :archived");
                    values.put("archived", away ? 1 : 0);
                });
        filter.after()
                .ifPresent(last -> {
                    sql.append(" and (submitted_at < :at or submitted_at = :at and name > :after)");
                    values.put("at", JobRow.millis(last.submittedAt()));
                    values.put("after", last.name());
                });
        addTags(sql, values, filter.tags());
        List<String> statuses = filter.statuses().stream().map(JobStatus::text).toList();
        if (!statuses.isEmpty()) {
            sql.append(" and status in (<statuses>)");
        }
        sql.append(" order by submitted_at desc, name limit :max");
        try (Query query = handle.createQuery(sql.toString())) {
            if (!statuses.isEmpty()) {
                query.bindList("statuses", statuses);
            }
            return labeled(handle, query.bindMap(values).map(JobRow::read).list());
        }
    }

    private static void addTags(
            StringBuilder sql, Map<String, Object> values, List<JobFilter.Tag> tags) {
        for (int i = 0; i < tags.size(); i++) {
            JobFilter.Tag tag = tags.get(i);
            sql.append(
                    " and exists (select 1 from label where label.workspace = job.workspace and"
                            + " label.name = job.name and kind = 'tag' and key = :key"
                            + i);
            values.put("key" + i, tag.key());
            if (tag.value().isPresent()) {
                sql.append(" and value = :value").append(i);
                values.put("value" + i, tag.value().get());
            }
            sql.append(')');
        }
    }

    private static RegisteredJob labeled(Handle handle, RegisteredJob job) {
        return labeled(handle, List.of(job)).getFirst();
    }

    /** The same jobs with their labels, by one question for all of a workspace. */
    private static List<RegisteredJob> labeled(Handle handle, List<RegisteredJob> jobs) {
        if (jobs.isEmpty()) {
            return jobs;
        }
        Map<String, Map<String, String>> tags = new HashMap<>();
        Map<String, Map<String, String>> properties = new HashMap<>();
        try (Query query =
                handle.createQuery(
                        "select name, kind, key, value from label where workspace = :workspace and"
                                + " name in (<names>) order by name, kind, key")) {
            query.bind("workspace", jobs.getFirst().key().workspace())
                    .bindList("names", jobs.stream().map(job -> job.key().name()).toList())
                    .map((row, _) ->
                            List.of(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4)))
                    .forEach(label ->
                            (label.get(1).equals(TAG) ? tags : properties)
                                    .computeIfAbsent(label.get(0), _ -> new LinkedHashMap<>())
                                    .put(label.get(2), label.get(3)));
        }
        return jobs.stream().map(job -> labeled(job, tags, properties)).toList();
    }

    private static RegisteredJob labeled(
            RegisteredJob job,
            Map<String, Map<String, String>> tags,
            Map<String, Map<String, String>> properties) {
        JobTexts texts = job.texts();
        return job.withTexts(
                new JobTexts(
                        texts.displayName(),
                        texts.description(),
                        texts.experimentName(),
                        tags.getOrDefault(job.key().name(), Map.of()),
                        properties.getOrDefault(job.key().name(), Map.of())),
                job.modifiedBy(),
                job.modifiedAt());
    }

    static long event(Handle handle, JobKey key, Instant at, String kind, String text) {
        long next;
        try (Query query =
                keyed(
                        handle.createQuery(
                                "select coalesce(max(sequence), 0) + 1 from event" + KEY),
                        key)) {
            next = Register.number(query);
        }
        handle.execute(
                "insert into event values (?, ?, ?, ?, ?, ?)",
                key.workspace(),
                key.name(),
                next,
                JobRow.millis(at),
                kind,
                text);
        return next;
    }

    static List<JobEvent> events(Handle handle, JobKey key, long after, int max) {
        String sql =
                "select sequence, at, kind, text from event"
                        + KEY
                        + " and sequence > :after order by sequence limit :max";
        try (Query query = keyed(handle.createQuery(sql), key)) {
            return query.bind("after", after)
                    .bind("max", max)
                    .map((row, _) ->
                            new JobEvent(
                                    row.getLong(1),
                                    JobRow.instant(row.getLong(2)),
                                    row.getString(3),
                                    row.getString(4)))
                    .list();
        }
    }

    static void remove(Handle handle, JobKey key) {
        for (String table : List.of("event", "label", "demand", "content_use", "job")) {
            forget(handle, key, table);
        }
    }

    private static void forget(Handle handle, JobKey key, String table) {
        try (var delete = keyed(handle.createUpdate("delete from " + table + KEY), key)) {
            delete.execute();
        }
    }

    private static <S extends SqlStatement<S>> S keyed(S statement, JobKey key) {
        return statement.bind("workspace", key.workspace()).bind("name", key.name());
    }
}
