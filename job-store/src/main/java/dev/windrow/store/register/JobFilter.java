package dev.windrow.store.register;

import dev.windrow.engine.job.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs of a workspace are wanted; those submitted last come first.
 *
 * @param statuses any of these; empty for all
 * @param tags all of these
 * @param archived only archived ones, only others, or both when empty
 * @param after where the page before has ended
 * @param max at most so many
 */
public record JobFilter(
        Set<JobStatus> statuses,
        List<Tag> tags,
        Optional<Boolean> archived,
        Optional<Position> after,
        int max) {

    /** A tag, with any value when none is given. */
    public record Tag(String key, Optional<String> value) {}

    /** The last job of a page. */
    public record Position(Instant submittedAt, String name) {}

    public JobFilter {
        statuses = Set.copyOf(statuses);
        tags = List.copyOf(tags);
    }
}
