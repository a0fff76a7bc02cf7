package dev.windrow.worker.core;

import java.time.Duration;

/**
 * What an agent runs by.
 *
 * @param agent number of the instance
 * @param workers processes to keep running; 0 for an agent that only publishes
 * @param attemptLimit time limit of one attempt, overhead included
 * @param firstWorker number of the first worker this agent starts
 */
public record AgentSettings(int agent, int workers, Duration attemptLimit, int firstWorker) {

    public AgentSettings {
        if (agent < 0 || workers < 0 || firstWorker < 0) {
            throw new IllegalArgumentException(
                    "agent, workers, first worker: %d, %d, %d (expected: all >= 0)"
                            .formatted(agent, workers, firstWorker));
        }
    }

    /** Failed starts after which this instance starts no more workers. */
    int initFailuresMax() {
        return 3 * workers;
    }
}
