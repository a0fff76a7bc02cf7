package dev.windrow.local;

import dev.windrow.model.JobName;
import dev.windrow.runtime.compute.AgentProvider.AgentRequest;
import dev.windrow.runtime.job.DiskFolders;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.remote.FarAgent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An agent in a folder of its own, which is made for it and goes with it. */
final class FarWork {

    private static final int SAME_NAME_MOST = 1_000;

    /** Its last lines take ten seconds at most, and its own end two. */
    private static final long END_SECONDS = 15;

    private final FarAgent agent;
    private final Path folder;
    private final Consumer<String> said;

    private FarWork(FarAgent agent, Path folder, Consumer<String> said) {
        this.agent = agent;
        this.folder = folder;
        this.said = said;
    }

    /**
     * Works for the job until it has ended; then removes the folder, unless it has logs that the
     * server has not. Ctrl-C ends it in the same way. Blocks.
     *
     * @return why it ended early; empty when the job needs it no more
     */
    static Optional<String> run(AgentRequest request, AgentConfig config, Consumer<String> said)
            throws IOException, InterruptedException {
        String name = config.setup().job();
        if (!JobName.isLegal(name)) {
            return Optional.of("job: %s (expected: %s)".formatted(name, JobName.RULE));
        }
        Path all = request.work().orElseGet(() -> request.home().resolve("agents"));
        Path folder = folder(all, name + "-" + config.settings().agent());
        said.accept("works in " + folder);
        FarAgent agent = new FarAgent(request.server(), request.token(), config, folder);
        CountDownLatch done = new CountDownLatch(1);
        endWithTheProcess(Thread.currentThread(), done);
        try {
            return new FarWork(agent, folder, said).run();
        } finally {
            done.countDown();
        }
    }

    /** A folder that nobody else has; an agent that was killed may have left one. */
    private static Path folder(Path all, String name) throws IOException {
        Files.createDirectories(all);
        for (int number = 1; number < SAME_NAME_MOST; number++) {
            try {
                return Files.createDirectory(all.resolve(number == 1 ? name : name + "-" + number));
            } catch (FileAlreadyExistsException _) {
                // The next number, then.
            }
        }
        throw new FileAlreadyExistsException(all.resolve(name).toString());
    }

    /** When this process is to end, the work is ended first, and its last lines are shipped. */
    private static void endWithTheProcess(Thread worker, CountDownLatch done) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            if (done.getCount() == 0) {
                                return;
                            }
                            worker.interrupt();
                            try {
                                boolean _ = done.await(END_SECONDS, TimeUnit.SECONDS);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    private Optional<String> run() throws IOException, InterruptedException {
        boolean begun = false;
        try {
            agent.fetchCode();
            begun = true;
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            if (!begun) {
                remove();
            }
        }
        FarAgent.Ended end = agent.run();
        if (end.shipped()) {
            remove();
        } else {
            said.accept(
                    "not all logs were sent%s; they are kept in %s"
                            .formatted(
                                    end.trouble().map(why -> " (" + why + ")").orElse(""),
                                    agent.logs()));
        }
        return end.why();
    }

    private void remove() {
        try {
            DiskFolders.delete(folder);
        } catch (IOException e) {
            said.accept("folder: %s: not all of it was removed: %s".formatted(folder, e));
        }
    }
}
