package dev.windrow.local;

import dev.windrow.disk.DiskFolders;
import dev.windrow.model.JobName;
import dev.windrow.runtime.compute.AgentProvider.AgentRequest;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.remote.FarAgent;
import dev.windrow.worker.remote.ProcessEnd;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** An agent in a folder of its own, which is made for it and goes with it. */
final class FarWork {

    private static final int SAME_NAME_MOST = 1_000;

    /** Its last lines take ten seconds at most, and its own end a few. */
    private static final Duration END_MAX = Duration.ofSeconds(20);

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
        Thread worker = Thread.currentThread();
        try (ProcessEnd end = new ProcessEnd(worker::interrupt, END_MAX)) {
            return new FarWork(agent, folder, said).run(end);
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

    private Optional<String> run(ProcessEnd end) throws IOException, InterruptedException {
        boolean begun = false;
        try {
            agent.fetch();
            begun = true;
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            if (!begun) {
                remove();
            }
        }
        end.by(agent::leave);
        FarAgent.Ended ended = agent.run();
        if (ended.shipped()) {
            remove();
        } else {
            said.accept(
                    "not all logs were sent%s; they are kept in %s"
                            .formatted(
                                    ended.trouble().map(why -> " (" + why + ")").orElse(""),
                                    agent.logs()));
        }
        return ended.why();
    }

    private void remove() {
        try {
            DiskFolders.delete(folder);
        } catch (IOException e) {
            said.accept("folder: %s: not all of it was removed: %s".formatted(folder, e));
        }
    }
}
