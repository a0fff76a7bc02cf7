package dev.windrow.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a job waits for while it has no agent, and when to note it. A compute may change its mind at
 * every look; a user is told seldom, and nothing twice.
 */
final class FleetWait {

    /** Between two notes at least. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** Different sentences that are noted; the present one can be read all the same. */
    static final int TOLD_MAX = 100;

    /** Characters of a sentence, which a user reads on one line. */
    static final int SENTENCE_MAX = 300;

    private final Set<String> told = new HashSet<>();
    private Instant toldAt = Instant.EPOCH;
    private String sentence = "";

    /** This is why nothing runs now; empty when nothing has to be said. */
    void seen(String why) {
        String line = why.strip().replaceAll("\\s*\\R\\s*", " ");
        sentence = line.length() > SENTENCE_MAX ? line.substring(0, SENTENCE_MAX - 1) + "…" : line;
    }

    /** Why nothing runs, as far as that is known; may be empty. */
    String sentence() {
        return sentence;
    }

    /** The sentence when it has to be noted now; it counts as noted from then on. */
    Optional<String> due(Instant now) {
        boolean early = now.isBefore(toldAt.plus(PAUSE));
        if (sentence.isEmpty() || early || told.size() >= TOLD_MAX || !told.add(sentence)) {
            return Optional.empty();
        }
        toldAt = now;
        return Optional.of(sentence);
    }
}
