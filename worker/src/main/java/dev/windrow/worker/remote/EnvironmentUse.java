package dev.windrow.worker.remote;

import dev.windrow.worker.environment.MadeEnvironment;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says again and again that an environment is of use, as long as a job runs in it: whoever removes
 * old ones looks at the time of its file {@code used}.
 */
public final class EnvironmentUse implements AutoCloseable {

    private static final long HOURS = 12;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("environment-use").factory());

    private EnvironmentUse() {}

    /** Begins; the first mark was made when it was found or made. */
    public static EnvironmentUse of(MadeEnvironment made) {
        EnvironmentUse use = new EnvironmentUse();
        var _ = use.thread.scheduleWithFixedDelay(() -> again(made), HOURS, HOURS, TimeUnit.HOURS);
        return use;
    }

    private static void again(MadeEnvironment made) {
        try {
            made.markUsed();
        } catch (IOException _) {
            // The next one follows long before a month is over.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
