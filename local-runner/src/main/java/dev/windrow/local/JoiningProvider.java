package dev.windrow.local;

import dev.windrow.model.Counted;
import dev.windrow.runtime.compute.AgentProvider;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.Interpreter;
import dev.windrow.worker.process.WorkerSetup;
import dev.windrow.worker.remote.JoiningAgent;
import dev.windrow.worker.remote.JoiningAgent.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs an agent on this machine for a job of a server that may be on another one. */
public final class JoiningProvider implements AgentProvider {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    @Override
    public Optional<String> run(AgentRequest request, Consumer<String> said)
            throws IOException, InterruptedException {
        boolean told = false;
        while (true) {
            switch (JoiningAgent.join(request.server(), request.token())) {
                case Answer.Joined(AgentConfig config) -> {
                    return work(request, config, said);
                }
                case Answer.NotYet _ -> {
                    if (!told) {
                        told = true;
                        said.accept("the job does not run yet; waiting");
                    }
                    LockSupport.parkNanos(ASK_AGAIN.toNanos());
                }
                case Answer.Gone _ -> {
                    return Optional.of("the job has ended");
                }
                case Answer.Refused(String why) -> {
                    return Optional.of(why);
                }
            }
        }
    }

    private static Optional<String> work(
            AgentRequest request, AgentConfig config, Consumer<String> said)
            throws InterruptedException {
        Optional<Path> unseen =
                List.of(config.files().code(), config.files().segments()).stream()
                        .filter(folder -> !Files.isDirectory(folder))
                        .findFirst();
        if (unseen.isPresent()) {
            return Optional.of(
                    "folder: %s is not there on this machine (expected: the server's home at the same path)"
                            .formatted(unseen.get()));
        }
        AgentConfig here = here(config, request.python());
        said.accept(
                "joined job %s as instance %d with %s (%s)"
                        .formatted(
                                here.setup().job(),
                                here.settings().agent(),
                                Counted.of(here.settings().workers(), "worker", "workers"),
                                here.setup().python()));
        return JoiningAgent.run(request.server(), request.token(), here);
    }

    private static AgentConfig here(AgentConfig config, Optional<String> asked) {
        WorkerSetup setup = config.setup();
        boolean there = asked.isEmpty() && Files.isExecutable(Path.of(setup.python()));
        String python = there ? setup.python() : Interpreter.find(asked);
        return new AgentConfig(
                config.settings(),
                setup.on(python, Devices.find().indexes()),
                config.files(),
                config.source(),
                config.target(),
                config.monitor());
    }
}
