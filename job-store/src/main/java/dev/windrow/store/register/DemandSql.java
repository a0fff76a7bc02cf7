package dev.windrow.store.register;

import org.jdbi.v3.core.Handle;

/** The statements about what jobs need. */
final class DemandSql {

    private DemandSql() {}

    static void insert(Handle handle, JobKey key, JobDemand demand) {
        handle.execute(
                "insert or replace into demand values (?, ?, ?, ?)",
                key.workspace(),
                key.name(),
                demand.instances(),
                demand.gpus());
    }

    /** A job of before there were demands needs the least. */
    static JobDemand find(Handle handle, JobKey key) {
        try (var query =
                handle.createQuery(
                        "select instances, gpus from demand where workspace = :workspace and name"
                                + " = :name")) {
            return query.bind("workspace", key.workspace())
                    .bind("name", key.name())
                    .map((row, _) -> new JobDemand(row.getInt("instances"), row.getInt("gpus")))
                    .findOne()
                    .orElse(JobDemand.LEAST);
        }
    }
}
