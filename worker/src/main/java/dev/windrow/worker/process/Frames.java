package dev.windrow.worker.process;

/** Types of frames between an agent and a worker; little-endian, length first. */
final class Frames {

    static final int SETUP = 1;
    static final int WORK = 2;
    static final int SHUTDOWN = 3;

    static final int HELLO = 16;
    static final int LOADED = 17;
    static final int LOAD_FAILED = 18;
    static final int READY = 19;
    static final int INIT_FAILED = 20;
    static final int DONE = 21;
    static final int FAILED = 22;
    static final int BYE = 23;

    /** Larger frames from a worker are not read: it is not ours any more. */
    static final int MAX_FROM_WORKER = 1 << 20;

    private Frames() {}
}
