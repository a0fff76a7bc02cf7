package dev.windrow.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which jobs are listed; all that are not archived unless something else is asked for.
 *
 * @param statuses any of these; any at all when there is none
 * @param tags all of these, each {@code KEY} or {@code KEY=VALUE}
 */
public record JobFilter(List<JobStatus> statuses, List<String> tags, View view) {
    /** Entries of one page, as many as are worth one request. */
    static final String PAGE = "200";

    /** Whether archived jobs are listed. */
    public enum View {
        ACTIVE,
        ARCHIVED,
        ALL
    }

    /** Copies the lists; there is no asking for a status that nobody knows. */
    public JobFilter {
        statuses = List.copyOf(statuses);
        tags = List.copyOf(tags);
        if (statuses.contains(JobStatus.UNKNOWN)) {
            throw new IllegalArgumentException("status: Unknown (expected: a status of a job)");
        }
    }

    /** Asks for all jobs that are not archived. */
    public static JobFilter active() {
        return new JobFilter(List.of(), List.of(), View.ACTIVE);
    }

    /** Asks for jobs with any of these statuses. */
    public JobFilter status(JobStatus... any) {
        return new JobFilter(List.of(any), tags, view);
    }

    /** Asks also for a tag of any value. */
    public JobFilter tag(String key) {
        return new JobFilter(statuses, added(key), view);
    }

    /** Asks also for a tag of this value. */
    public JobFilter tag(String key, String value) {
        return new JobFilter(statuses, added(key + "=" + value), view);
    }

    /** Asks for archived jobs, others, or both. */
    public JobFilter view(View which) {
        return new JobFilter(statuses, tags, which);
    }

    private List<String> added(String tag) {
        List<String> more = new ArrayList<>(tags);
        more.add(tag);
        return more;
    }

    Call on(Call call) {
        Call filtered = call.query("view", view.name().toLowerCase(Locale.ROOT));
        for (JobStatus status : statuses) {
            filtered = filtered.query("status", status.toString());
        }
        for (String tag : tags) {
            filtered = filtered.query("tag", tag);
        }
        return filtered;
    }
}
