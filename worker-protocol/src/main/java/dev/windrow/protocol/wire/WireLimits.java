package dev.windrow.protocol.wire;

/** How much one message may hold, so that nobody can be hurt by what others send. */
final class WireLimits {

    /** Characters of one text. */
    static final int TEXT_MAX = 4 << 20;

    /** Elements of one list. */
    static final int LIST_MAX = 1 << 17;

    static final int DEPTH_MAX = 16;
    static final int DIGITS_MAX = 20;

    private WireLimits() {}
}
