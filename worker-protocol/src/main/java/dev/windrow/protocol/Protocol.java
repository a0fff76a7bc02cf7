package dev.windrow.protocol;

import java.time.Duration;

/** Constants both sides agree on. */
public final class Protocol {

    public static final int VERSION = 1;

    /** An agent is heard at least this often. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private Protocol() {}
}
