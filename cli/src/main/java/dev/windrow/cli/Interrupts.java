package dev.windrow.cli;

import dev.windrow.runtime.JobSession;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM: the first one cancels the job and waits for it to end, the second one kills
 * at once. A shutdown hook could not do this: once the JVM goes down, it hears no second signal.
 */
final class Interrupts {

    private static final int AT_ONCE = ExitCode.INTERRUPTED;

    private final AtomicInteger count = new AtomicInteger();
    private final Consumer<String> tell;
    private volatile @Nullable JobSession session;

    private Interrupts(Consumer<String> tell) {
        this.tell = tell;
    }

    /**
     * Listens from now on.
     *
     * @param tell shows a line to the user
     */
    static Interrupts install(Consumer<String> tell) {
        Interrupts interrupts = new Interrupts(tell);
        Signals.on("INT", () -> interrupts.struck("Ctrl-C"));
        Signals.on("TERM", () -> interrupts.struck("SIGTERM"));
        return interrupts;
    }

    /** From now on there is a job to cancel. */
    void attach(JobSession running) {
        session = running;
        if (asked()) {
            running.cancel("Ctrl-C");
        }
    }

    /** Whether this command was interrupted. */
    boolean asked() {
        return count.get() > 0;
    }

    private void struck(String what) {
        JobSession running = session;
        if (running == null || count.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(AT_ONCE);
            return;
        }
        tell.accept(what + ": stopping the workers; once more kills them at once");
        running.cancel(what);
    }
}
