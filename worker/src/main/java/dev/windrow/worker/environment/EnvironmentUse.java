package dev.windrow.worker.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path own = made.folder().resolveSibling(".").normalize();
        var _ = use.thread.scheduleWithFixedDelay(() -> again(own), HOURS, HOURS, TimeUnit.HOURS);
        return use;
    }

    private static void again(Path own) {
        try {
            touch(own);
        } catch (IOException _) {
            // The next one follows long before a month is over.
        }
    }

    /** Marks the folder of an environment as used now. */
    static void touch(Path own) throws IOException {
        Files.writeString(own.resolve("used"), "");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
