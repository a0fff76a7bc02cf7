package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.local.FleetFile.Member;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.gateway.EngineSink;
import dev.windrow.worker.process.KnownProcess;
import dev.windrow.worker.process.Leftovers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server makes of the instances that an earlier one has left. */
@Timeout(60)
final class ServedComputeTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ComputeRequest ONE = new ComputeRequest("test", 2, 1);

    /** Nobody listens there. */
    private static final URI HERE = URI.create("http://127.0.0.1:1");

    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:2");

    @TempDir private Path folder;
    private TestJob job;
    private final List<Process> started = new ArrayList<>();
    private final Set<Long> before = agents();

    @BeforeEach
    void makeJob() throws IOException {
        job = TestJob.create(folder, 2);
        Files.createDirectories(instance(0));
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private JobFolder jobFolder() {
        return new JobFolder(job.jobFolder());
    }

    private Path instance(int number) {
        return jobFolder().instance(number);
    }

    private FleetFile file() {
        return new FleetFile(jobFolder().fleet());
    }

    private OpenCompute compute() throws IOException {
        return job.served(
                new NoDoor(), new Entrance(HERE, () -> "token", "/jobs/one", Instant.EPOCH));
    }

    /** A process that stands for an agent or a worker. */
    private KnownProcess process() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        return KnownProcess.of(process.pid());
    }

    private KnownProcess workerOf(int number) throws IOException {
        KnownProcess worker = process();
        Files.createDirectories(instance(number));
        new Leftovers(instance(number).resolve("workers")).record(worker.pid());
        return worker;
    }

    private static Optional<Member> member(int place, KnownProcess process) {
        return Optional.of(new Member(place, process));
    }

    private static void awaitEnd(KnownProcess process) {
        Waiting.until("it has ended: " + process, SOON, () -> !process.isAlive());
    }

    private static Set<Long> agents() {
        Set<Long> pids = new HashSet<>();
        ProcessHandle.current().children().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    @Test
    void goesOnWithTheInstancesThatLookForThisServer() throws IOException {
        KnownProcess agent = process();
        KnownProcess worker = workerOf(0);
        file().write(HERE, Map.of(0, member(0, agent)));
        OpenCompute compute = compute();

        compute.scaleTo("test", ONE);

        assertThat(compute.observe("test").alive()).containsExactly(0);
        assertThat(compute.observe("test").gone()).isEmpty();
        assertThat(agent.isAlive()).isTrue();
        assertThat(worker.isAlive()).isTrue();
        compute.release("test");
        awaitEnd(agent);
        assertThat(jobFolder().fleet()).doesNotExist();
    }

    @Test
    void endsThoseThatLookForAnotherServerAndNobodyElse() throws IOException {
        KnownProcess agent = process();
        KnownProcess worker = workerOf(0);
        KnownProcess joined = workerOf(1);
        file().write(ELSEWHERE, Map.of(0, member(0, agent), 1, Optional.empty()));
        OpenCompute compute = compute();

        assertThat(compute.observe("test").gone()).containsExactly(0);
        assertThat(compute.observe("test").joined()).containsExactly(1);
        awaitEnd(agent);
        awaitEnd(worker);
        assertThat(joined.isAlive()).isTrue();
        // A server that ends here leaves the numbers to the one after it.
        assertThat(compute().observe("test").joined()).containsExactly(1);
        assertThat(file().read().nextNumber()).isEqualTo(2);
    }

    @Test
    void neverTakesAnotherProcessWithTheSameNumberForItsOwn() throws IOException {
        KnownProcess other = process();
        KnownProcess otherWorker = process();
        Files.writeString(
                instance(0).resolve("workers"), otherWorker.pid() + " 2001-01-01T00:00:00Z\n");
        file().write(HERE, Map.of(0, member(0, new KnownProcess(other.pid(), "2001-01-01"))));
        OpenCompute compute = compute();

        assertThat(compute.observe("test").alive()).isEmpty();
        assertThat(compute.observe("test").gone()).containsExactly(0);
        compute.release("test");

        assertThat(other.isAlive()).isTrue();
        assertThat(otherWorker.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage\n\u0000\n", "http://127.0.0.1:1\n0 0 47"})
    void ofABrokenFileNothingIsKilledAndNoNumberGivenTwice(String broken) throws IOException {
        KnownProcess worker = workerOf(0);
        workerOf(3);
        Files.writeString(jobFolder().fleet(), broken);
        OpenCompute compute = compute();

        compute.scaleTo("test", ONE);

        assertThat(compute.observe("test").joined()).containsExactly(0, 3);
        assertThat(compute.observe("test").alive()).containsExactly(4);
        assertThat(worker.isAlive()).isTrue();
        assertThat(file().read().members().keySet()).containsExactly(0, 3, 4);
        compute.release("test");
        assertThat(compute.observe("test").gone()).containsExactly(4);
    }

    @Test
    void leavesNoProcessWhenItCannotBeKnown() throws IOException {
        Files.createDirectories(jobFolder().fleet().resolveSibling("fleet.new"));
        OpenCompute compute = compute();

        assertThatThrownBy(() -> compute.scaleTo("test", ONE))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_UNWRITABLE))
                .hasMessageContaining("fleet.new");

        Waiting.until("no agent is left", SOON, () -> before.containsAll(agents()));
        assertThat(compute.observe("test").alive()).isEmpty();
        compute.release("test");
    }

    @Test
    void letsNobodyJoinThatTheNextServerWouldNotKnow() throws IOException {
        file().write(HERE, Map.of(0, member(0, process())));
        OpenCompute compute = compute();
        compute.scaleTo("test", ONE);
        Path inTheWay = jobFolder().fleet().resolveSibling("fleet.new");
        Files.createDirectories(inTheWay);

        assertThatThrownBy(compute::join).isInstanceOf(EngineException.class);
        assertThat(compute.observe("test").joined()).isEmpty();
        Files.delete(inTheWay);

        assertThat(compute.join()).isPresent();
        assertThat(compute.observe("test").joined()).isEqualTo(compute().observe("test").joined());
        assertThat(compute.observe("test").alive()).containsExactly(0);
        compute.release("test");
    }

    @Test
    void tellsNobodyAnythingWhoAsksByNumber() throws IOException {
        file().write(HERE, Map.of(0, member(0, process()), 1, Optional.empty()));
        OpenCompute compute = compute();
        assertThat(compute.knowsItsInstances()).isTrue();
        compute.scaleTo("test", ONE);

        assertThat(compute.configuration(0)).as("it is told when it starts").isEmpty();
        assertThat(compute.configuration(1)).as("it has been told").isEmpty();
        assertThat(compute.configuration(2)).as("there is none").isEmpty();
        assertThat(file().read().nextNumber()).as("nobody has joined by that").isEqualTo(2);
        compute.release("test");
    }

    /** Nobody comes in. */
    private static final class NoDoor implements EngineDoor {
        @Override
        public void ended(int agent, String how, boolean byItself) {}

        @Override
        public Connection connect(int agent, EngineSink sink) {
            throw new IllegalStateException("nobody connects here");
        }
    }
}
