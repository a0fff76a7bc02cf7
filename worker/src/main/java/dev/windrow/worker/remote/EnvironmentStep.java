package dev.windrow.worker.remote;

import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.EnvironmentSpot;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.environment.WantedEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** What an agent on a machine of its own does about its job's environment before it says hello. */
public final class EnvironmentStep {

    private EnvironmentStep() {}

    /** Brings an environment to its place. */
    interface Source {
        MadeEnvironment get(EnvironmentMaker maker, EnvironmentSpot spot)
                throws EnvironmentException, IOException, InterruptedException;
    }

    /**
     * The configuration with its environment made; the same when it wants none. Blocks for minutes;
     * an interrupt ends it.
     *
     * @param own where environments are kept unless the configuration names a folder
     */
    public static AgentConfig ready(AgentConfig config, Path own)
            throws EnvironmentException, InterruptedException {
        try {
            return ready(config, own, EnvironmentMaker::make);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with an environment from a source. */
    static AgentConfig ready(AgentConfig config, Path own, Source source)
            throws EnvironmentException, IOException, InterruptedException {
        Optional<WantedEnvironment> wanted = config.environment();
        if (wanted.isEmpty()) {
            return config;
        }
        EnvironmentMaker maker =
                new EnvironmentMaker(wanted.get().folder().orElse(own), config.files()::harness);
        EnvironmentSpot spot =
                maker.spot(
                        wanted.get().what(),
                        new EnvironmentMaker.Asker(
                                config.setup().python(),
                                config.setup().environment(),
                                log(config)));
        MadeEnvironment made = source.get(maker, spot);
        // Until this process ends, as the agent does.
        EnvironmentUse _ = EnvironmentUse.of(made);
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
