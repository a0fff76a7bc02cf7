package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.content.ContentSweep;
import dev.windrow.runtime.environment.OldEnvironments;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes, in small steps and beside everything else, jobs that ended long ago, uploads that no job
 * needs and environments that none has used for long. Each step is harmless when it is repeated, so
 * a crash costs at most a step.
 */
final class Housekeeping implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration ROUND_MOST = Duration.ofHours(6);
    private static final int PARTS_OF_KEEPING = 8;
    private static final int JOBS_AT_ONCE = 200;
    private static final int CLOSE_SECONDS = 5;

    private final JobHost host;
    private final Path home;
    private final Register register;
    private final Retention retention;
    private final InstantSource clock;
    private final Deque<ContentSweep> sweeps = new ArrayDeque<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("housekeeping").factory());
    private final OldEnvironments environments;
    private Instant nextRound;

    Housekeeping(
            JobHost host, Path home, Register register, Retention retention, InstantSource clock) {
        this.host = host;
        this.home = home;
        this.register = register;
        this.retention = retention;
        this.clock = clock;
        this.environments = new OldEnvironments(home.resolve("environments"), clock);
        this.nextRound = clock.instant();
    }

    void start() {
        try {
            workspaces().forEach(this::freeSoon);
        } catch (IOException _) {
            // The disk is of no use now; the next start tries again.
        }
        schedule(Duration.ZERO);
    }

    /** Ends removals that a crash broke off before the register had forgotten the job. */
    void forgetHidden() {
        try {
            for (String workspace : workspaces()) {
                JobCatalog jobs = host.assembly(workspace).catalog();
                jobs.hidden().stream()
                        .filter(name -> !jobs.holds(name))
                        .forEach(name -> register.remove(new JobKey(workspace, name)));
            }
        } catch (IOException _) {
            // As when it starts.
        }
    }

    /** Frees what removed jobs of a workspace take on the disk, step by step. */
    void freeSoon(String workspace) {
        try {
            thread.execute(() -> free(workspace));
        } catch (RejectedExecutionException _) {
            // The server ends; the next one goes on.
        }
    }

    private void free(String workspace) {
        try {
            if (host.assembly(workspace).catalog().sweepSome()) {
                // Behind whatever else there is to do.
                freeSoon(workspace);
            }
        } catch (IOException | UncheckedIOException _) {
            // It is out of sight; the next removal or start tries again.
        }
    }

    private void schedule(Duration pause) {
        if (!thread.isShutdown()) {
            var _ = thread.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        boolean more = false;
        try {
            more = step();
        } catch (EngineException | IOException | UncheckedIOException _) {
            // A full or broken disk is told by what users ask for; this is tried again later.
            sweeps.clear();
        } finally {
            schedule(more ? PAUSE : REST);
        }
    }

    /** Does one small thing; answers whether there is more to do now. */
    boolean step() throws IOException {
        return removeJob() || sweep() || environments.step();
    }

    private boolean removeJob() {
        if (retention.jobs().isEmpty()) {
            return false;
        }
        Instant before = clock.instant().minus(retention.jobs().get());
        for (JobKey key : register.endedBefore(before, JOBS_AT_ONCE)) {
            if (removed(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean removed(JobKey key) {
        try {
            host.delete(key);
            return true;
        } catch (EngineException e) {
            if (e.code() == ErrorCode.JOB_CONFLICT
                    || e.code() == ErrorCode.JOB_NOT_FOUND
                    || e.code() == ErrorCode.JOB_OWNED_ELSEWHERE) {
                // Somebody looks at it or resumes it; its turn comes again.
                return false;
            }
            throw e;
        }
    }

    private boolean sweep() throws IOException {
        Instant now = clock.instant();
        if (sweeps.isEmpty()) {
            if (now.isBefore(nextRound)) {
                return false;
            }
            nextRound = now.plus(round());
            for (String workspace : workspaces()) {
                sweeps.add(
                        host.assembly(workspace)
                                .content()
                                .sweep(
                                        retention.uploads(),
                                        digest -> register.needs(workspace, digest)));
            }
        }
        if (!sweeps.getFirst().step()) {
            sweeps.removeFirst();
        }
        return !sweeps.isEmpty();
    }

    /** What is needed is renewed long before its time is over. */
    private Duration round() {
        Duration part = retention.uploads().dividedBy(PARTS_OF_KEEPING);
        return part.compareTo(ROUND_MOST) < 0 ? part : ROUND_MOST;
    }

    private List<String> workspaces() throws IOException {
        List<String> names = new ArrayList<>(List.of(JobHost.DEFAULT_WORKSPACE));
        try (var folders = Files.newDirectoryStream(home.resolve(JobHost.WORKSPACES))) {
            folders.forEach(folder -> names.add(String.valueOf(folder.getFileName())));
        } catch (NoSuchFileException _) {
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean _ = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
