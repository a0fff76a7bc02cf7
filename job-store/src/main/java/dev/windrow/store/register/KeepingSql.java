package dev.windrow.store.register;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statements about what has to be kept, and what has been kept long enough. */
final class KeepingSql {

    private KeepingSql() {}

    static void hold(Handle handle, JobKey key, Set<String> digests) {
        for (String digest : digests) {
            handle.execute(
                    "insert or ignore into content_use values (?, ?, ?)",
                    key.workspace(),
                    key.name(),
                    digest);
        }
    }

    /** What a job that was never submitted holds does not count. */
    static boolean needs(Handle handle, String workspace, String digest) {
        try (Query query =
                handle.createQuery(
                        "select exists (select 1 from content_use u join job j"
                                + " on j.workspace = u.workspace and j.name = u.name"
                                + " where u.workspace = :workspace and u.digest = :digest)")) {
            return query.bind("workspace", workspace).bind("digest", digest).mapTo(long.class).one()
                    != 0;
        }
    }

    static List<JobKey> endedBefore(Handle handle, Instant at, int max) {
        try (Query query =
                handle.createQuery(
                        "select workspace, name from job where ended_at < :at"
                                + " order by ended_at, workspace, name limit :max")) {
            return query.bind("at", JobRow.millis(at))
                    .bind("max", max)
                    .map((row, _) -> new JobKey(row.getString(1), row.getString(2)))
                    .list();
        }
    }
}
