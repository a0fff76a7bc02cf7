package dev.windrow.protocol.wire;

/** How much one message may hold, so that nobody can be hurt by what others send. */
final class WireLimits {

    /** No frame is longer. */
    static final int FRAME_MAX = 1 << 20;

    /** The text of one message: the largest chunk of a plan is 256 MiB, as base64 a third more. */
    static final long MESSAGE_MAX = 384L << 20;

    /** Characters of one text. */
    static final int TEXT_MAX = 4 << 20;

    /** Elements of one list. */
    static final int LIST_MAX = 1 << 17;

    static final int DEPTH_MAX = 16;
    static final int DIGITS_MAX = 20;

    private WireLimits() {}
}
