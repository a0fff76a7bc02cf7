package dev.windrow.k8s.fleet;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fleet on a scripted cluster, under a time that a test moves. */
final class FleetBench {

    static final ObjectNames NAMES =
            new ObjectNames(
                    "here",
                    "/workspaces/default/computes/gpu",
                    "/workspaces/default/jobs/nightly",
                    7);
    private static final PodOrder ORDER =
            new PodOrder(
                    "python:3.12",
                    "agent:1",
                    ServerForPods.at("http://windrow:7480"),
                    "windrow-job",
                    new PodOrder.Size(Map.of("cpu", "1"), Map.of()),
                    PodOrder.Where.ANYWHERE,
                    List.of(),
                    Optional.empty(),
                    List.of());

    final ScriptedPods cluster = new ScriptedPods();
    final List<String> ended = new ArrayList<>();
    private final Path numbers;
    Instant now = Instant.parse("2026-11-01T12:00:00Z");
    PodFleet fleet;

    /**
     * @param numbers file that keeps the numbers of instances
     */
    FleetBench(Path numbers) throws IOException {
        this.numbers = numbers;
        this.fleet = begun();
    }

    /** Hears of ends. */
    private final class Door implements EngineDoor {
        @Override
        public Connection connect(int agent, EngineSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ended(int agent, String how, boolean byItself) {
            ended.add("%d %s %s".formatted(agent, byItself ? "by itself" : "lost", how));
        }
    }

    private PodFleet begun() throws IOException {
        return new PodFleet(
                NAMES, ORDER, cluster, new InstanceNumbers(numbers), new Door(), () -> "token");
    }

    /** The server ends, and another one begins. */
    void restart() throws IOException {
        fleet = begun();
    }

    void want(int instances) {
        fleet.want(new ComputeRequest("nightly", 1, instances));
        step();
    }

    void step() {
        fleet.step(now);
    }

    void later(Duration time) {
        now = now.plus(time);
        step();
    }
}
