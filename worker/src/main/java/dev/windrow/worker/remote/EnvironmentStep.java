package dev.windrow.worker.remote;

import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.environment.WantedEnvironment;
import java.nio.file.Path;
import java.util.Optional;

/** What an agent on a machine of its own does about its job's environment before it says hello. */
public final class EnvironmentStep {

    private EnvironmentStep() {}

    /**
     * The configuration with its environment made; the same when it wants none. Blocks for minutes;
     * an interrupt ends it.
     *
     * @param own where environments are kept unless the configuration names a folder
     */
    public static AgentConfig ready(AgentConfig config, Path own)
            throws EnvironmentException, InterruptedException {
        Optional<WantedEnvironment> wanted = config.environment();
        if (wanted.isEmpty()) {
            return config;
        }
        MadeEnvironment made =
                new EnvironmentMaker(wanted.get().folder().orElse(own), config.files()::harness)
                        .make(
                                wanted.get().what(),
                                new EnvironmentMaker.Asker(
                                        config.setup().python(),
                                        config.setup().environment(),
                                        log(config)));
        return config.within(made, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    private static Path log(AgentConfig config) {
        return config.files()
                .logs()
                .resolve("sys")
                .resolve("node")
                .resolve(Integer.toString(config.settings().agent()))
                .resolve("environment.txt");
    }
}
