package dev.windrow.worker;

import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.environment.WantedEnvironment;
import dev.windrow.worker.monitor.MonitorSettings;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.process.WorkerSetup;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything an agent needs to know of its job.
 *
 * @param target where rows go; empty when they are only counted
 * @param outfit what it sees to itself
 * @param environment that has to be made before workers start; empty when {@code setup} names an
 *     interpreter that has everything
 */
public record AgentConfig(
        AgentSettings settings,
        WorkerSetup setup,
        WorkerFiles files,
        PlanSource source,
        Optional<PublishTarget> target,
        MonitorSettings monitor,
        Outfit outfit,
        Optional<WantedEnvironment> environment) {

    /** Folders that have to be at the same path wherever an agent of the job works. */
    public Stream<Path> data() {
        return Stream.of(
                        Stream.of(files.segments(), source.path()),
                        setup.outputFolder().map(Path::of).stream(),
                        target.map(one -> one.file().resolveSibling(".")).stream())
                .flatMap(paths -> paths)
                .map(Path::normalize);
    }

    /** The same on another machine, or in another folder. */
    public AgentConfig with(WorkerSetup itsSetup, WorkerFiles itsFiles) {
        return new AgentConfig(
                settings, itsSetup, itsFiles, source, target, monitor, outfit, environment);
    }

    /** The same with a folder for its environment, unless it names one. */
    public AgentConfig keepingEnvironments(Path folder) {
        return new AgentConfig(
                settings,
                setup,
                files,
                source,
                target,
                monitor,
                outfit,
                environment.map(one ->
                        new WantedEnvironment(
                                one.what(), one.folder().or(() -> Optional.of(folder)))));
    }

    /** The same with its environment made. */
    public AgentConfig within(MadeEnvironment made, String path) {
        return new AgentConfig(
                settings,
                setup.within(made, path),
                files,
                source,
                target,
                monitor,
                outfit,
                Optional.empty());
    }
}
