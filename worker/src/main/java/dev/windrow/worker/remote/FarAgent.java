package dev.windrow.worker.remote;

import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.Outfit;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.EnvironmentSpot;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.process.HarnessFiles;
import dev.windrow.worker.process.WorkerFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * An agent that shares nothing with its server but the data: it works in a folder of its own, has
 * fetched the job's code, and ships its logs.
 */
public final class FarAgent {

    private static final Duration SAY_MAX = Duration.ofSeconds(5);

    private final ServerAddress server;
    private final AgentConfig config;
    private final Path environments;
    private final InstantSource clock = InstantSource.system();
    private @Nullable ServedAgent agent;
    private @Nullable Thread maker;
    private boolean leaving;

    /**
     * How it ended.
     *
     * @param why it ended early; empty when the job needs it no more
     * @param shipped whether the server has all of its logs
     * @param trouble why it has not, as far as that is known
     * @param unmade why there can be no environment to work in, on any machine
     */
    public record Ended(
            Optional<String> why,
            boolean shipped,
            Optional<String> trouble,
            Optional<String> unmade) {}

    /**
     * @param config as the server has given it; names the digest of the code
     * @param folder its own; empty; its environment is made there unless the configuration names
     *     another folder
     */
    public FarAgent(URI server, String token, AgentConfig config, Path folder) throws IOException {
        this.server = new ServerAddress(server, token);
        this.config = config.with(config.setup(), files(config, folder));
        this.environments = folder.resolve("environments");
    }

    private static WorkerFiles files(AgentConfig config, Path folder) throws IOException {
        return new WorkerFiles(
                HarnessFiles.folder(folder),
                folder.resolve("code"),
                config.files().segments(),
                folder.resolve("logs"),
                folder.resolve("workers"));
    }

    /** Where its logs are until they are shipped. */
    public Path logs() {
        return config.files().logs();
    }

    /**
     * Fetches the code and what inputs come as archives; waits for a server that is away. Blocks.
     *
     * @throws IOException with one sentence about what is wrong
     */
    public void fetch() throws IOException, InterruptedException {
        String digest =
                config.outfit()
                        .code()
                        .orElseThrow(() ->
                                new IOException("code: no digest (expected: one from the server)"));
        ArchiveCall call = new ArchiveCall(server, ServedAgent.PATIENCE, clock);
        try {
            call.fetch(ArchiveCall.Order.code(digest), config.files().code());
            for (Outfit.Archived input : config.outfit().inputs()) {
                Files.createDirectories(input.folder().resolveSibling(".").normalize());
                call.fetch(ArchiveCall.Order.input(input.name(), input.sha256()), input.folder());
            }
        } catch (Carrier.Refused e) {
            throw e.gone() ? new IOException("the job has ended", e) : e;
        }
    }

    /**
     * Ends the work in order, as when the machine is needed: what no worker has begun is given
     * back, what has ended is reported, and then {@link #run} ships the last lines and returns.
     * Waits for none of that; on any thread, also before {@code run}.
     */
    public synchronized void leave() {
        leaving = true;
        if (agent != null) {
            agent.leave();
        }
        if (maker != null) {
            maker.interrupt();
        }
    }

    /** The configuration to work by, once its environment is made. */
    private AgentConfig ready() throws EnvironmentException, IOException, InterruptedException {
        making(Thread.currentThread());
        try {
            return EnvironmentStep.ready(config, environments, this::shared);
        } finally {
            making(null);
        }
    }

    private MadeEnvironment shared(EnvironmentMaker maker, EnvironmentSpot spot)
            throws EnvironmentException, IOException, InterruptedException {
        EnvironmentWay way =
                new EnvironmentCalls(server, config.settings().agent(), spot.digest(), clock);
        return new SharedEnvironment(way, maker::make, spot).get();
    }

    private synchronized void making(@Nullable Thread thread) {
        maker = leaving ? null : thread;
        if (leaving && thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void begin(ServedAgent fresh) {
        agent = fresh;
        if (leaving) {
            fresh.leave();
        }
    }

    private synchronized boolean completed() {
        return agent != null && agent.jobCompleted();
    }

    private synchronized boolean leaving() {
        return leaving;
    }

    /** What an agent does that has heard that its job has completed. */
    public interface Tidying {
        void run() throws InterruptedException;
    }

    /**
     * Makes the environment, works for the job until it has ended, and then ships what is left of
     * its logs, ten seconds at most. An interrupt ends the work, and the logs are shipped all the
     * same. Blocks.
     *
     * @param tidying of a job that has completed; before the logs, because there may be no time
     *     left after them
     */
    public Ended run(Tidying tidying) throws IOException, InterruptedException {
        Files.createDirectories(logs());
        ThreadFactory threads = Thread.ofPlatform().daemon().name("agent-", 0).factory();
        LogCalls calls = new LogCalls(server, config.settings().agent());
        LogShipping shipping = new LogShipping(calls, logs(), threads, clock);
        shipping.start();
        Optional<String> why;
        Optional<String> unmade = Optional.empty();
        try {
            why = work(threads);
        } catch (EnvironmentException e) {
            why = Optional.of(String.valueOf(e.getMessage()));
            // Otherwise another instance may have better luck.
            unmade = why.filter(_ -> !e.elsewhere());
        }
        if (leaving()) {
            why = Optional.of("it was told to end");
        }
        if (completed()) {
            tidying.run();
        }
        boolean shipped = shipping.finish();
        return new Ended(why, shipped, shipping.trouble(), unmade);
    }

    /**
     * Tells the server that the segments of the job, which has completed, are removed. Once: of
     * what it does not hear it sees to itself. Blocks for seconds at most.
     */
    public void saySegmentsRemoved() throws InterruptedException {
        HttpRequest request =
                server.request("segments-removed", SAY_MAX).POST(BodyPublishers.noBody()).build();
        try {
            var _ = server.http().send(request, BodyHandlers.discarding());
        } catch (IOException _) {
            // See above.
        }
    }

    private Optional<String> work(ThreadFactory threads)
            throws EnvironmentException, InterruptedException {
        AgentConfig ready;
        try {
            ready = ready();
        } catch (InterruptedException _) {
            return Optional.of("an interrupt");
        } catch (Carrier.Refused e) {
            return Optional.of(e.gone() ? "the job has ended" : String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of("%s: %s".formatted(server, e.getMessage()));
        }
        ServedAgent fresh = ServedAgent.of(server, ready, threads, clock);
        begin(fresh);
        try {
            return fresh.run();
        } catch (InterruptedException _) {
            fresh.end();
            return Optional.of("an interrupt");
        }
    }
}
