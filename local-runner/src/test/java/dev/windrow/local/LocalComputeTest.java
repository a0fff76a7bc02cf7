package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LocalComputeTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** No planner has ever written such a chunk: an agent cannot go on. */
    private static final EngineMessage POISON =
            new EngineMessage.ChunkPayload(0, new byte[] {1, 2, 3});

    private final Door door = new Door();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anAgentThatFailsIsGoneAndReplacedUnderANewNumber(int instances, @TempDir Path folder)
            throws IOException {
        TestJob job = TestJob.create(folder, 4);
        Compute compute = job.compute(door);
        ComputeRequest request = new ComputeRequest("test", 1, instances);
        compute.scaleTo("test", request);
        Waiting.until("it says hello", SOON, () -> door.said(0).size() >= 1);

        door.tell(0, POISON);
        Waiting.until("it is gone", SOON, () -> compute.observe("test").gone().contains(0));
        compute.scaleTo("test", request);

        assertThat(door.said(0))
                .anyMatch(said ->
                        said instanceof AgentMessage.Note note
                                && note.kind().equals("agent_failed"));
        assertThat(compute.observe("test").alive()).hasSize(instances).contains(instances);
        Waiting.until("its workers are ready", SOON, () -> door.ready(instances) == 2);
        compute.release("test");
        assertThat(compute.observe("test").alive()).isEmpty();
        assertThat(compute.observe("test").gone()).hasSize(instances + 1);
        Processes.awaitGone(job.marked("worker").keySet(), SOON);
    }

    @Test
    void anEngineThatStartsAgainKillsWhatTheLastOneLeft(@TempDir Path folder) throws Exception {
        TestJob job = TestJob.create(folder, 4);
        Process left = new ProcessBuilder("sleep", "600").start();
        job.leftAgent(left.pid());
        Compute compute = job.compute(door);

        compute.scaleTo("test", new ComputeRequest("test", 2, 2));

        assertThat(left.waitFor()).isEqualTo(128 + 9);
        compute.release("test");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInstanceThatIsNotToWorkStartsNoWorker(int instances, @TempDir Path folder)
            throws IOException {
        TestJob job = TestJob.create(folder, 4);
        Compute compute = job.compute(door);
        compute.scaleTo("test", new ComputeRequest("test", 1, instances).withoutWorkers());
        Waiting.until("it says hello", SOON, () -> door.said(0).size() >= 1);

        door.tell(0, new EngineMessage.EndWorkers(true));
        Waiting.until(
                "no worker is left",
                SOON,
                () -> door.said(0).contains(new AgentMessage.WorkersEnded()));

        assertThat(job.marked("worker")).isEmpty();
        compute.release("test");
    }

    @Test
    void releaseLeavesNoProcess(@TempDir Path folder) throws IOException {
        TestJob job = TestJob.create(folder, 4);
        Compute compute = job.compute(door);
        compute.scaleTo("test", new ComputeRequest("test", 1, 2));
        Waiting.until("workers have begun", SOON, () -> job.marked("worker").size() == 4);

        compute.release("test");

        assertThat(job.marked("worker").values()).noneMatch(Processes::isAlive);
        Processes.awaitGone(job.marked("worker").keySet(), Duration.ofSeconds(2));
    }

    /** Keeps what agents say. */
    private static final class Door implements EngineDoor {
        private final Map<Integer, EngineSink> sinks = new ConcurrentHashMap<>();
        private final Map<Integer, List<AgentMessage>> said = new ConcurrentHashMap<>();

        List<AgentMessage> said(int agent) {
            return said.getOrDefault(agent, List.of());
        }

        long ready(int agent) {
            return said(agent).stream().filter(AgentMessage.WorkerReady.class::isInstance).count();
        }

        void tell(int agent, EngineMessage message) {
            Optional.ofNullable(sinks.get(agent)).orElseThrow().send(message);
        }

        @Override
        public void ended(int agent, String how, boolean byItself) {
            said.computeIfAbsent(agent, _ -> new CopyOnWriteArrayList<>())
                    .add(new AgentMessage.Note("agent_lost", how));
        }

        @Override
        public Connection connect(int agent, EngineSink sink) {
            sinks.put(agent, sink);
            List<AgentMessage> messages = new CopyOnWriteArrayList<>();
            said.put(agent, messages);
            return new Connection() {
                @Override
                public void send(AgentMessage message) {
                    messages.add(message);
                }

                @Override
                public void close() {}
            };
        }
    }
}
