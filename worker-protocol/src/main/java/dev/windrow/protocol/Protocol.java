package dev.windrow.protocol;

import java.time.Duration;

/** Constants both sides agree on. */
public final class Protocol {

    public static final int VERSION = 1;

    /** An agent is heard at least this often. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** What both sides call version 1 when they meet over WebSocket. */
    public static final String SUBPROTOCOL = "windrow.agent.v1";

    /** Bytes of one frame over a network; longer messages span frames. */
    public static final int FRAME_MAX = 1 << 20;

    /** Bytes of one message over a network. */
    public static final int MESSAGE_MAX = 128 << 20;

    private Protocol() {}
}
