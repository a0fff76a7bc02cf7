package dev.windrow.runtime.host;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a server keeps what is not needed any more, and how much.
 *
 * @param jobs how long after its end a job is kept; empty: until it is deleted
 * @param uploads how long uploaded content is kept that no job needs
 * @param uploadBytes of content that one workspace may keep
 */
public record Retention(Optional<Duration> jobs, Duration uploads, long uploadBytes) {

    private static final Duration LEAST = Duration.ofHours(1);

    /** What a server does unless it is told otherwise. */
    public static final Retention DEFAULT =
            new Retention(Optional.empty(), Duration.ofDays(7), 512L << 30);

    public Retention {
        boolean short1 = jobs.filter(time -> time.isNegative() || time.isZero()).isPresent();
        // Between an upload and the submit that needs it there must be time.
        if (short1 || uploads.compareTo(LEAST) < 0 || uploadBytes < 1) {
            throw new IllegalArgumentException(
                    "retention: jobs %s, uploads %s, %d bytes (expected: more than no time, 1 hour, 1 byte)"
                            .formatted(jobs, uploads, uploadBytes));
        }
    }
}
