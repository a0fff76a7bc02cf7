package dev.windrow.worker.pod;

import dev.windrow.protocol.tls.Authorities;
import dev.windrow.worker.remote.ProcessEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Where an agent in a pod begins. */
public final class PodAgentMain {

    /** Shorter than the time that a pod is given to end. */
    private static final Duration END_MAX = Duration.ofSeconds(20);

    private static final int FAILED = 1;

    private PodAgentMain() {}

    /** Runs; the exit status is 0 when the job needs the agent no more, or the pod is to end. */
    public static void main(String[] args) {
        Thread worker = Thread.currentThread();
        // Never closed: it is this method that ends the process, with a status of its own.
        ProcessEnd end = new ProcessEnd(worker::interrupt, END_MAX);
        Optional<String> why;
        try {
            PodSetting setting = PodSetting.of(System.getenv());
            Authorities.install(setting.environment());
            why = new PodAgent(setting, System.out, InstantSource.system(), end).run();
        } catch (IOException e) {
            why = Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            why = Optional.of("it was told to end");
        }
        boolean told = end.begun();
        // Last, so that a cluster that keeps only the last words keeps these.
        why.ifPresent(text -> System.err.println("agent: ends: " + text));
        Runtime.getRuntime().halt(why.isPresent() && !told ? FAILED : 0);
    }
}
