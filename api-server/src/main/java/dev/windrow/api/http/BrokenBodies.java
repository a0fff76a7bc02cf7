package dev.windrow.api.http;

import java.io.IOException;

/** Tells a body that its client has broken off from a fault of this server. */
public final class BrokenBodies {

    private BrokenBodies() {}

    /** Whether the client is to blame. */
    public static boolean isBroken(IOException fault) {
        return fault instanceof BodyStream.BrokenException;
    }
}
