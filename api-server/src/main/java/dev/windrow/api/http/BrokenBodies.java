package dev.windrow.api.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;

/** Tells clients that have broken off from faults of this server. */
public final class BrokenBodies {

    private BrokenBodies() {}

    /** Whether the client is to blame. */
    public static boolean isBroken(IOException fault) {
        return fault instanceof BodyStream.BrokenException;
    }

    /**
     * Whether a failure on an event loop is that its connection is over: only connections are read
     * and written there.
     */
    static boolean isGone(Throwable fault) {
        return fault instanceof HttpClosedException || fault instanceof IOException;
    }
}
