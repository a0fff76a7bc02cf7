package dev.windrow.local;

import dev.windrow.model.Counted;
import dev.windrow.runtime.compute.AgentProvider;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.PythonSearch;
import dev.windrow.worker.remote.EnvironmentStep;
import dev.windrow.worker.remote.JoiningAgent;
import dev.windrow.worker.remote.JoiningAgent.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs an agent on this machine for a job of a server that may be on another one. */
public final class JoiningProvider implements AgentProvider {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    @Override
    public Optional<String> run(AgentRequest request, Consumer<String> said)
            throws IOException, InterruptedException {
        // Before the server counts on this machine, because it may take a while.
        AgentFolders.of(request).sweep(said);
        boolean told = false;
        while (true) {
            switch (JoiningAgent.join(request.server(), request.token(), OptionalInt.empty())) {
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
            throws IOException, InterruptedException {
        Optional<String> lack = config.outfit().lack();
        if (lack.isPresent()) {
            return Optional.of(
                    "%s on this machine, which is to be instance %d (expected: at the server's path, and readable)"
                            .formatted(lack.get(), config.settings().agent()));
        }
        Optional<Path> unseen = config.data().filter(Files::notExists).findFirst();
        if (unseen.isPresent()) {
            return Optional.of(
                    "folder: %s is not there on this machine (expected: the job's segments and outputs at the server's paths)"
                            .formatted(unseen.get()));
        }
        return switch (search(config, request.python())) {
            case PythonSearch.Answer.None(String message) -> Optional.of(message);
            case PythonSearch.Answer.Found(String python, String _) ->
                    begin(request, here(config, python, request.home()), said);
        };
    }

    private static Optional<String> begin(
            AgentRequest request, AgentConfig here, Consumer<String> said)
            throws IOException, InterruptedException {
        said.accept(
                "joined job %s as instance %d with %s (%s)"
                        .formatted(
                                here.setup().job(),
                                here.settings().agent(),
                                Counted.of(here.settings().workers(), "worker", "workers"),
                                here.setup().python()));
        if (!seesJob(here) || request.work().isPresent()) {
            return FarWork.run(request, here, said);
        }
        try {
            AgentConfig ready = EnvironmentStep.ready(here, environments(request.home()));
            return JoiningAgent.run(request.server(), request.token(), ready);
        } catch (EnvironmentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A folder of that path could be another; its own folder of logs the server has just made. */
    private static boolean seesJob(AgentConfig config) {
        Path nodes = config.files().logs().resolve("sys").resolve("node");
        String number = Integer.toString(config.settings().agent());
        return Files.isDirectory(config.files().code()) && Files.isDirectory(nodes.resolve(number));
    }

    /** The server's interpreter when it is here too, and nobody asks for another. */
    private static PythonSearch.Answer search(AgentConfig config, Optional<String> asked)
            throws InterruptedException {
        Path servers = Path.of(config.setup().python());
        boolean there = servers.isAbsolute() && Files.isExecutable(servers);
        Map<String, String> places = new HashMap<>(System.getenv());
        places.putAll(config.setup().environment());
        return new PythonSearch(
                        places, asked.or(() -> Optional.of(servers.toString()).filter(_ -> there)))
                .run();
    }

    private static AgentConfig here(AgentConfig config, String python, Path home) {
        return config.with(config.setup().on(python, Devices.find().indexes()), config.files())
                .keepingEnvironments(environments(home));
    }

    private static Path environments(Path home) {
        return home.resolve("environments");
    }
}
