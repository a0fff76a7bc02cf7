package dev.windrow.protocol;

import java.time.Duration;

/** Constants both sides agree on. */
public final class Protocol {

    public static final int VERSION = 1;

    /** An agent is heard at least this often. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** What both sides call version 1 when they meet over WebSocket. */
    public static final String SUBPROTOCOL = "windrow.agent.v1";

    /** Bytes of one frame; longer messages span frames. */
    public static final int FRAME_MAX = 1 << 20;

    /**
     * Bytes of one message. The longest is a chunk of the plan, whose payload of up to 16 MiB is a
     * third longer as base64; everything else that may be long is said in several messages.
     */
    public static final int MESSAGE_MAX = 24 << 20;

    private Protocol() {}
}
