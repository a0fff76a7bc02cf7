package dev.windrow.runtime.environment;

import java.time.Duration;
import java.time.Instant;

/** How far one environment of a job is. */
sealed interface Making {

    /** A maker that says nothing for so long is taken for dead. */
    Duration SILENCE = Duration.ofSeconds(30);

    /** Nobody makes an environment longer: pip has fifteen minutes. */
    Duration WHOLE = Duration.ofHours(1);

    /** Nobody makes it now. */
    record Free() implements Making {}

    /**
     * An agent makes it, or sends it.
     *
     * @param until when it is given to another, unless this one is heard of
     * @param end when it is in any case
     */
    record Leased(String lease, int agent, Instant until, Instant end) implements Making {

        static Leased begun(String lease, int agent, Instant now) {
            return new Leased(lease, agent, now.plus(SILENCE), now.plus(WHOLE));
        }

        Leased heard(Instant now) {
            return new Leased(lease, agent, now.plus(SILENCE), end);
        }

        boolean over(Instant now) {
            return now.isAfter(until) || now.isAfter(end);
        }
    }

    /** It is there. */
    record Made(EnvironmentArchive archive) implements Making {}

    /** Each agent makes its own. */
    record Alone(String why) implements Making {}
}
