package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.store.register.JobFilter;
import dev.windrow.store.register.JobFilter.Position;
import dev.windrow.store.register.JobFilter.Tag;
import dev.windrow.store.register.RegisteredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which jobs a list is to hold. */
public final class JobListing {

    /** Entries of a page, at most. */
    public static final int MAX = 1_000;

    /** Entries of a page unless told otherwise. */
    public static final int USUAL = 50;

    private static final int TAGS_MOST = 20;

    private JobListing() {}

    static JobFilter filter(Request request) {
        request.allowOnly(Set.of("status", "tag", "view", "max", "cursor"));
        return new JobFilter(
                statuses(request.queries("status", JobStatus.values().length)),
                tags(request.queries("tag", TAGS_MOST)),
                view(request.query("view").orElse("active")),
                request.query("cursor").map(JobListing::position),
                request.whole("max", 1, MAX, USUAL));
    }

    private static Set<JobStatus> statuses(List<String> texts) {
        Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
        for (String text : texts) {
            try {
                statuses.add(JobStatus.of(text));
            } catch (IllegalArgumentException _) {
                throw Problem.invalid("status", text, "one of the twelve statuses");
            }
        }
        return statuses;
    }

    private static List<Tag> tags(List<String> texts) {
        List<Tag> tags = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (key.isEmpty()) {
                throw Problem.invalid("tag", text, "KEY or KEY=VALUE");
            }
            tags.add(
                    new Tag(
                            key,
                            equals < 0
                                    ? Optional.empty()
                                    : Optional.of(text.substring(equals + 1))));
        }
        return tags;
    }

    private static Optional<Boolean> view(String view) {
        return switch (view) {
            case "active" -> Optional.of(false);
            case "archived" -> Optional.of(true);
            case "all" -> Optional.empty();
            default -> throw Problem.invalid("view", view, "active, archived or all");
        };
    }

    static String cursor(RegisteredJob last) {
        return Cursor.of(last.submittedAt().toEpochMilli() + " " + last.key().name());
    }

    private static Position position(String cursor) {
        String[] parts = Cursor.read(cursor).split(" ", 2);
        try {
            return new Position(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
        } catch (RuntimeException _) {
            throw Cursor.wrong(cursor);
        }
    }
}
