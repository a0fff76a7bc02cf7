package dev.windrow.worker.remote;

import dev.windrow.disk.FileMark;
import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.protocol.wire.MessageCodec;
import dev.windrow.protocol.wire.WireReader;
import dev.windrow.protocol.wire.WireWriter;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.Outfit;
import dev.windrow.worker.core.AgentSettings;
import dev.windrow.worker.environment.WantedEnvironment;
import dev.windrow.worker.monitor.MonitorSettings;
import dev.windrow.worker.process.WorkerFiles;
import dev.windrow.worker.process.WorkerSetup;
import dev.windrow.worker.side.OldRows;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An agent's configuration on the wire. Both ends are the same program, so it has no versions. It
 * holds the user's environment variables and is therefore never written to a file.
 */
public final class ConfigMessages implements MessageCodec<AgentConfig> {

    @Override
    public void write(AgentConfig config, WireWriter wire) {
        wire.begin();
        settings(config.settings(), wire);
        setup(config.setup(), wire);
        files(config.files(), wire);
        source(config.source(), wire);
        wire.list(config.target().stream().toList(), target -> target(target, wire));
        wire.number(config.monitor().resourceInterval().toSeconds())
                .number(config.monitor().outputLimit());
        outfit(config.outfit(), wire);
        wire.list(config.environment().stream().toList(), one -> environment(one, wire)).end();
    }

    @Override
    public Optional<AgentConfig> read(WireReader wire) {
        return Optional.of(
                wire.record(() ->
                        new AgentConfig(
                                settings(wire),
                                setup(wire),
                                files(wire),
                                source(wire),
                                wire.list(() -> target(wire)).stream().findFirst(),
                                new MonitorSettings(
                                        Duration.ofSeconds(wire.number()), wire.number()),
                                outfit(wire),
                                wire.list(() -> environment(wire)).stream().findFirst())));
    }

    private static void outfit(Outfit outfit, WireWriter wire) {
        wire.begin()
                .list(outfit.code().stream().toList(), wire::text)
                .list(outfit.inputs(), one -> archived(one, wire))
                .list(outfit.folders(), one -> path(one, wire))
                .list(outfit.needed(), one -> needed(one, wire))
                .end();
    }

    private static Outfit outfit(WireReader wire) {
        return wire.record(() ->
                new Outfit(
                        wire.list(wire::text).stream().findFirst(),
                        wire.list(() -> archived(wire)),
                        wire.list(() -> path(wire)),
                        wire.list(() -> needed(wire))));
    }

    private static void needed(Outfit.Needed one, WireWriter wire) {
        path(one.path(), wire.begin().text(one.name()));
        wire.end();
    }

    private static Outfit.Needed needed(WireReader wire) {
        return wire.record(() -> new Outfit.Needed(wire.text(), path(wire)));
    }

    private static void archived(Outfit.Archived one, WireWriter wire) {
        path(one.folder(), wire.begin().text(one.name()).text(one.sha256()));
        wire.end();
    }

    private static Outfit.Archived archived(WireReader wire) {
        return wire.record(() -> new Outfit.Archived(wire.text(), wire.text(), path(wire)));
    }

    private static void environment(WantedEnvironment wanted, WireWriter wire) {
        wire.begin()
                .text(wanted.what().python().text())
                .list(wanted.what().pip(), wire::text)
                .list(wanted.folder().stream().toList(), folder -> path(folder, wire))
                .end();
    }

    private static WantedEnvironment environment(WireReader wire) {
        return wire.record(() ->
                new WantedEnvironment(
                        new VirtualEnvironment(new PythonRule(wire.text()), wire.list(wire::text)),
                        wire.list(() -> path(wire)).stream().findFirst()));
    }

    private static void settings(AgentSettings settings, WireWriter wire) {
        wire.begin()
                .number(settings.agent())
                .number(settings.workers())
                .number(settings.attemptLimit().toSeconds())
                .number(settings.attemptLimit().toNanosPart())
                .number(settings.firstWorker())
                .end();
    }

    private static AgentSettings settings(WireReader wire) {
        return wire.record(() ->
                new AgentSettings(
                        wire.integer(),
                        wire.integer(),
                        Duration.ofSeconds(wire.number(), wire.number()),
                        wire.integer()));
    }

    private static void setup(WorkerSetup setup, WireWriter wire) {
        wire.begin()
                .text(setup.python())
                .text(setup.job())
                .number(setup.epoch())
                .number(setup.agent())
                .text(setup.entryScript())
                .list(setup.argv(), wire::text)
                .list(
                        List.copyOf(setup.environment().entrySet()),
                        one -> wire.begin().text(one.getKey()).text(one.getValue()).end())
                .list(setup.outputFolder().stream().toList(), wire::text)
                .flag(setup.appends())
                .flag(setup.dataframeHeader())
                .text(setup.loggingLevel())
                .number(setup.stdoutLimit())
                .list(setup.profile().stream().toList(), wire::text)
                .list(setup.devices(), wire::text)
                .end();
    }

    private static WorkerSetup setup(WireReader wire) {
        return wire.record(() ->
                new WorkerSetup(
                        wire.text(),
                        wire.text(),
                        wire.number(),
                        wire.integer(),
                        wire.text(),
                        wire.list(wire::text),
                        wire
                                .list(() -> wire.record(() -> Map.entry(wire.text(), wire.text())))
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        wire.list(wire::text).stream().findFirst(),
                        wire.flag(),
                        wire.flag(),
                        wire.text(),
                        wire.number(),
                        wire.list(wire::text).stream().findFirst(),
                        wire.list(wire::text)));
    }

    private static void files(WorkerFiles files, WireWriter wire) {
        wire.begin();
        path(files.harness(), wire);
        path(files.code(), wire);
        path(files.segments(), wire);
        path(files.logs(), wire);
        path(files.leftovers(), wire);
        wire.end();
    }

    private static WorkerFiles files(WireReader wire) {
        return wire.record(
                () -> new WorkerFiles(path(wire), path(wire), path(wire), path(wire), path(wire)));
    }

    private static PlanSource source(WireReader wire) {
        return wire.record(() ->
                new PlanSource(
                        PlanSource.Kind.valueOf(wire.text()),
                        path(wire),
                        wire.integer(),
                        wire.list(() -> oldRows(wire)).stream().findFirst()));
    }

    private static void source(PlanSource source, WireWriter wire) {
        path(source.path(), wire.begin().text(source.kind().name()));
        wire.number(source.filesPerMiniBatch())
                .list(source.old().stream().toList(), rows -> oldRows(rows, wire))
                .end();
    }

    private static void oldRows(OldRows rows, WireWriter wire) {
        path(rows.file(), wire.begin());
        wire.number(rows.mark().bytes()).number(rows.mark().modifiedMillis());
        path(rows.segment(), wire);
        wire.text(rows.name()).flag(rows.planned()).end();
    }

    private static OldRows oldRows(WireReader wire) {
        return wire.record(() ->
                new OldRows(
                        path(wire),
                        new FileMark(wire.number(), wire.number()),
                        path(wire),
                        wire.text(),
                        wire.flag()));
    }

    private static void target(PublishTarget target, WireWriter wire) {
        wire.begin();
        path(target.file(), wire);
        wire.text(target.job());
        path(target.segments(), wire);
        wire.flag(target.header()).end();
    }

    private static PublishTarget target(WireReader wire) {
        return wire.record(
                () -> new PublishTarget(path(wire), wire.text(), path(wire), wire.flag()));
    }

    /** As a URI, because names are bytes and need not be text. */
    private static void path(Path path, WireWriter wire) {
        wire.text(path.toUri().toString());
    }

    private static Path path(WireReader wire) {
        return Path.of(URI.create(wire.text()));
    }
}
