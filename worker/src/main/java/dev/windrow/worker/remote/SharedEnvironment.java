package dev.windrow.worker.remote;

import dev.windrow.disk.DiskFolders;
import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentSpot;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.fetch.FetchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An environment that agents of one job make once for all of them: the first one makes it and sends
 * it to the server, the others fetch it. Whatever goes wrong with that, an agent can still make its
 * own.
 */
final class SharedEnvironment {

    /** Much shorter than the time after which a maker is taken for dead. */
    private static final long HOLD_SECONDS = 5;

    private static final int FETCHES_MOST = 3;

    private final EnvironmentWay way;
    private final Making making;
    private final EnvironmentSpot spot;
    private int waitedFor = -1;
    private int fetches;

    /** Makes an environment on this machine. */
    @FunctionalInterface
    interface Making {
        MadeEnvironment make(EnvironmentSpot spot)
                throws EnvironmentException, InterruptedException;
    }

    SharedEnvironment(EnvironmentWay way, Making making, EnvironmentSpot spot) {
        this.way = way;
        this.making = making;
        this.spot = spot;
    }

    /**
     * Finds, fetches or makes it. Blocks for minutes; an interrupt ends it.
     *
     * @throws EnvironmentException when it cannot be made
     * @throws IOException when the job has ended, or its server stays away
     */
    MadeEnvironment get() throws EnvironmentException, IOException, InterruptedException {
        Optional<MadeEnvironment> made = spot.find();
        while (made.isEmpty()) {
            made =
                    switch (way.claim(Optional.empty())) {
                        case EnvironmentTurn.Make(String lease) -> Optional.of(make(lease));
                        case EnvironmentTurn.Wait(int agent) -> rest(agent);
                        case EnvironmentTurn.Fetch fetch -> fetch(fetch);
                        case EnvironmentTurn.Alone(String why) -> {
                            spot.note("each instance makes its own: " + why);
                            yield Optional.of(making.make(spot));
                        }
                    };
        }
        return made.get();
    }

    private Optional<MadeEnvironment> rest(int agent) throws InterruptedException {
        if (agent != waitedFor) {
            waitedFor = agent;
            spot.note("instance %d makes it; waiting".formatted(agent));
        }
        way.rest();
        return Optional.empty();
    }

    private MadeEnvironment make(String lease) throws EnvironmentException, InterruptedException {
        try (ScheduledExecutorService holding = holding(lease)) {
            boolean shareable = true;
            boolean kept = false;
            try {
                MadeEnvironment made = making.make(spot);
                long bytes = way.send(lease, made.folder());
                kept = true;
                spot.note("sent to the server for the other instances: %d bytes".formatted(bytes));
                return made;
            } catch (FetchException e) {
                shareable = false;
                return unsent(e);
            } catch (IOException e) {
                return unsent(e);
            } finally {
                holding.shutdownNow();
                if (!kept) {
                    way.giveBack(lease, shareable);
                }
            }
        }
    }

    private MadeEnvironment unsent(IOException why)
            throws EnvironmentException, InterruptedException {
        spot.note("not sent to the server: " + why.getMessage());
        return making.make(spot);
    }

    private ScheduledExecutorService holding(String lease) {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("environment-lease").factory());
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> hold(thread, lease), HOLD_SECONDS, HOLD_SECONDS, TimeUnit.SECONDS);
        return thread;
    }

    private void hold(ScheduledExecutorService thread, String lease) {
        try {
            if (!way.hold(lease)) {
                thread.shutdown();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<MadeEnvironment> fetch(EnvironmentTurn.Fetch what)
            throws EnvironmentException, InterruptedException {
        try {
            Path incoming = spot.incoming();
            try {
                Path folder = incoming.resolve("environment");
                way.fetch(what, folder);
                MadeEnvironment made = spot.adopt(folder);
                spot.note(
                        "fetched %s, which another instance has made: %d bytes"
                                .formatted(made.folder(), what.bytes()));
                return Optional.of(made);
            } finally {
                DiskFolders.delete(incoming);
            }
        } catch (FetchException | EnvironmentException e) {
            spot.note("what another instance has made is of no use: " + e.getMessage());
            return Optional.of(making.make(spot));
        } catch (IOException e) {
            spot.note("what another instance has made does not come: " + e.getMessage());
            return ++fetches < FETCHES_MOST ? Optional.empty() : Optional.of(making.make(spot));
        }
    }
}
