package dev.windrow.cli.view;

import dev.windrow.engine.store.JobRow;
import dev.windrow.runtime.JobEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one document that {@code list --json} prints. */
public final class JobList {

    private JobList() {}

    /**
     * The jobs in their order.
     *
     * @param displayNames finds the name that a job shows to people
     */
    public static String of(List<JobEntry> jobs, Function<String, Optional<String>> displayNames) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (JobEntry job : jobs) {
            all.add(of(job, displayNames.apply(job.row().name())));
        }
        return Json.of(all);
    }

    private static Map<String, @Nullable Object> of(JobEntry job, Optional<String> displayName) {
        JobRow row = job.row();
        boolean ended = row.status().terminal();
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("name", row.name());
        one.put("display_name", displayName.orElse(null));
        one.put("status", row.status().text());
        one.put("submitted_at", row.submittedAt().toString());
        one.put("ended_at", row.endedAt().map(Object::toString).orElse(null));
        one.put("seconds", row.endedAt().map(at -> seconds(row, at)).orElse(null));
        one.put("run_by", ended ? null : job.owner().map(JobList::pid).orElse(null));
        return one;
    }

    private static double seconds(JobRow row, Instant endedAt) {
        return Duration.between(row.submittedAt(), endedAt).toNanos() / 1e9;
    }

    /** A number, unless the owner could not be told. */
    private static Object pid(String owner) {
        try {
            return Long.valueOf(owner);
        } catch (NumberFormatException _) {
            return owner;
        }
    }
}
