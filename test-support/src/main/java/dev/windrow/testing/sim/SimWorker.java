package dev.windrow.testing.sim;

import dev.windrow.worker.core.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One worker process, as the simulation sees it. */
final class SimWorker {

    final int number;
    final String segment;
    final Deque<Work> inbox = new ArrayDeque<>();
    @Nullable Work running;
    boolean ready;
    boolean alive = true;
    boolean shuttingDown;

    SimWorker(int number, String segment) {
        this.number = number;
        this.segment = segment;
    }
}
