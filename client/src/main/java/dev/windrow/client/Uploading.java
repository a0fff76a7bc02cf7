package dev.windrow.client;

/** When code and inputs of a job are sent to the server with it. */
public enum Uploading {
    /**
     * When the server is not at a loopback address of this machine, or the job does not run on the
     * server's.
     */
    WHEN_ELSEWHERE,
    ALWAYS,
    /** The server reads them where the job says, on its own machine. */
    NEVER
}
