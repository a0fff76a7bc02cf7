package dev.windrow.local;

import dev.windrow.model.JobName;
import dev.windrow.runtime.compute.AgentProvider.AgentRequest;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.remote.FarAgent;
import dev.windrow.worker.remote.ProcessEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** An agent in a folder of its own, which is made for it and goes with it. */
final class FarWork {

    /** Its last lines take ten seconds at most, and its own end a few. */
    private static final Duration END_MAX = Duration.ofSeconds(20);

    private final FarAgent agent;
    private final AgentFolders.Own own;
    private final Consumer<String> said;

    private FarWork(FarAgent agent, AgentFolders.Own own, Consumer<String> said) {
        this.agent = agent;
        this.own = own;
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
        AgentFolders.Own own =
                AgentFolders.of(request).make(name + "-" + config.settings().agent());
        said.accept("works in " + own.folder());
        FarAgent agent = new FarAgent(request.server(), request.token(), config, own.folder());
        Thread worker = Thread.currentThread();
        try (ProcessEnd end = new ProcessEnd(worker::interrupt, END_MAX)) {
            return new FarWork(agent, own, said).run(end);
        }
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
        FarAgent.Ended ended = agent.run(() -> {});
        if (ended.shipped()) {
            remove();
        } else {
            own.keep();
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
            own.remove();
        } catch (IOException e) {
            said.accept("folder: %s: not all of it was removed: %s".formatted(own.folder(), e));
        }
    }
}
