package dev.windrow.worker.environment;

import dev.windrow.model.VirtualEnvironment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An environment that an agent has to make before its workers start.
 *
 * @param folder where environments are kept on the agent's machine; empty for below its own folder
 */
public record WantedEnvironment(VirtualEnvironment what, Optional<Path> folder) {}
