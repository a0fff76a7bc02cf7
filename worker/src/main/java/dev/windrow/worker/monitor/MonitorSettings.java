package dev.windrow.worker.monitor;

import java.time.Duration;

/**
 * What an instance notes about itself.
 *
 * @param resourceInterval time between two samples of CPU, memory, disk and network; zero is off
 * @param outputLimit bytes kept of each file that a worker's processes write to, from 1 KiB
 */
public record MonitorSettings(Duration resourceInterval, long outputLimit) {

    private static final long LEAST = 1024;

    public MonitorSettings {
        if (resourceInterval.isNegative() || outputLimit < LEAST) {
            throw new IllegalArgumentException(
                    "resource interval, output limit: %s, %d (expected: >= 0 s, >= %d)"
                            .formatted(resourceInterval, outputLimit, LEAST));
        }
    }
}
