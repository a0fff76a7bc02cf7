package dev.windrow.protocol;

/**
 * When an attempt ran.
 *
 * @param worker number of the worker
 * @param startMicros microseconds since 1970
 * @param processNanos time in the worker
 * @param runNanos time in the user's {@code run()}
 */
public record Timing(int worker, long startMicros, long processNanos, long runNanos) {}
