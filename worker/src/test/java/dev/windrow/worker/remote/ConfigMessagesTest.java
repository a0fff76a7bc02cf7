package dev.windrow.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.disk.FileMark;
import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.protocol.wire.MessageInput;
import dev.windrow.protocol.wire.MessageOutput;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigMessagesTest {

    /** A name that is no text in UTF-8. */
    private static final Path ODD = Path.of(URI.create("file:///data/a%FFb%20c%0Ad"));

    private static final OldRows OLD =
            new OldRows(
                    ODD,
                    new FileMark(203, 1_763_875_080_123L),
                    Path.of("/segments/old"),
                    "azureml://datastores/s/paths/out.txt",
                    true);

    private static final MonitorSettings MONITOR =
            new MonitorSettings(Duration.ofSeconds(17), 16L << 20);

    @Test
    void carriesAConfigurationUnchanged() throws IOException {
        AgentConfig config =
                new AgentConfig(
                        new AgentSettings(3, 2, Duration.ofMillis(90_001), 17),
                        setup(Optional.of("/out"), Optional.of("profile"), List.of("0", "GPU-7")),
                        files(),
                        new PlanSource(PlanSource.Kind.MLTABLE, ODD, 10, Optional.of(OLD)),
                        Optional.of(new PublishTarget(ODD, "job", Path.of("/segments"), true)),
                        MONITOR,
                        new Outfit(
                                Optional.of("0a".repeat(32)),
                                List.of(new Outfit.Archived("in put", "0b".repeat(32), ODD)),
                                List.of(ODD, Path.of("/out")),
                                List.of(new Outfit.Needed("side \n", ODD))),
                        Optional.of(
                                new WantedEnvironment(
                                        new VirtualEnvironment(
                                                new PythonRule(">=3.8,<4"),
                                                List.of(
                                                        "a==1",
                                                        "k\u00f6ln ; python_version > '3'")),
                                        Optional.of(ODD))));

        assertThat(carried(config)).isEqualTo(config);
    }

    @Test
    void carriesWhatIsAbsentAsAbsent() throws IOException {
        AgentConfig config =
                new AgentConfig(
                        new AgentSettings(0, 1, Duration.ofSeconds(90), 0),
                        setup(Optional.empty(), Optional.empty(), List.of()),
                        files(),
                        new PlanSource(PlanSource.Kind.FOLDER, Path.of("/in"), 1, Optional.empty()),
                        Optional.empty(),
                        MONITOR,
                        Outfit.NONE,
                        Optional.empty());

        assertThat(carried(config)).isEqualTo(config);
    }

    private static WorkerSetup setup(
            Optional<String> output, Optional<String> profile, List<String> devices) {
        return new WorkerSetup(
                "python3",
                "job",
                4,
                3,
                "entry.py",
                List.of("--name", "k\u00f6ln \"x\"\n", ""),
                Map.of("A", "1", "B", ""),
                output,
                true,
                false,
                "INFO",
                16L << 20,
                profile,
                devices);
    }

    private static WorkerFiles files() {
        return new WorkerFiles(
                Path.of("/harness"), ODD, Path.of("/segments"), Path.of("/logs"), Path.of("/left"));
    }

    private static AgentConfig carried(AgentConfig config) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MessageOutput<AgentConfig> out = new MessageOutput<>(new ConfigMessages(), bytes)) {
            out.send(config);
        }
        try (MessageInput<AgentConfig> in =
                new MessageInput<>(
                        new ConfigMessages(), new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.next().orElseThrow();
        }
    }
}
