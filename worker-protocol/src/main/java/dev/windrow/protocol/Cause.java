package dev.windrow.protocol;

/** Why an attempt has no valid result. */
public enum Cause {
    EXCEPTION,
    BAD_RETURN,
    TIMEOUT,
    WORKER_DIED,
    LOAD_FAILED
}
