package dev.windrow.worker.pod;

import dev.windrow.protocol.tls.Authorities;
import dev.windrow.worker.remote.ProcessEnd;
import dev.windrow.worker.remote.TransferLink;
import dev.windrow.worker.transfer.TransferAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Where an agent begins that serves a volume to the server and does nothing else. */
public final class TransferMain {

    /** Folder of the volume, as the pod sees it. */
    static final String VOLUME = "WINDROW_VOLUME";

    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final int FAILED = 1;

    private TransferMain() {}

    /** Runs; the exit status is 0 when the server wants no more, or the pod is to end. */
    public static void main(String[] args) {
        Thread worker = Thread.currentThread();
        // Never closed: it is this method that ends the process, with a status of its own.
        ProcessEnd end = new ProcessEnd(worker::interrupt, END_MAX);
        Optional<String> why;
        try {
            why = serve(System.getenv());
        } catch (IOException e) {
            why = Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            why = Optional.of("it was told to end");
        }
        boolean told = end.begun();
        // Last, so that a cluster that keeps only the last words keeps these.
        why.ifPresent(text -> System.err.println("transfer: ends: " + text));
        Runtime.getRuntime().halt(why.isPresent() && !told ? FAILED : 0);
    }

    private static Optional<String> serve(Map<String, String> environment)
            throws IOException, InterruptedException {
        URI server = PodSetting.url(PodSetting.needed(environment, PodSetting.SERVER));
        Authorities.install(environment);
        Path token = Path.of(PodSetting.needed(environment, PodSetting.TOKEN_FILE));
        Path volume = Path.of(PodSetting.needed(environment, VOLUME));
        TransferLink link = new TransferLink(server, PodSetting.token(token));
        TransferAgent agent = new TransferAgent(link, volume, InstantSource.system());
        System.out.println("serves %s to %s".formatted(volume, server));
        Optional<String> why = agent.run();
        System.out.println("%d orders done".formatted(agent.answered()));
        return why;
    }
}
