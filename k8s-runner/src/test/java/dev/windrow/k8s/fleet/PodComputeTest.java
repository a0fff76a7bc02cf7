package dev.windrow.k8s.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.k8s.pod.ServerForPods;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class PodComputeTest {

    private static final String JOB = "nightly";

    @TempDir Path folder;
    private final WatchedPods cluster = new WatchedPods(new ScriptedPods());
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Fails to prepare as often as it is told to. */
    private static final class Texts implements AgentTexts {
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public void prepare() throws IOException {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public boolean wantEnvironment() {
            return false;
        }

        @Override
        public byte[] of(int agent, ComputeRequest request) {
            return new byte[] {(byte) agent, (byte) request.epoch()};
        }
    }

    private final Texts texts = new Texts();

    /** Nobody comes. */
    private static final class Door implements EngineDoor {
        @Override
        public Connection connect(int agent, EngineSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ended(int agent, String how, boolean byItself) {}
    }

    private PodCompute compute() throws Exception {
        PodFleet fleet =
                new PodFleet(
                        new ObjectNames(
                                "here",
                                "/workspaces/default/computes/gpu",
                                "/workspaces/default/jobs/nightly",
                                7),
                        new PodOrder(
                                "python:3.12",
                                "agent:1",
                                ServerForPods.at("http://windrow:7480"),
                                "windrow-job",
                                new PodOrder.Size(Map.of(), Map.of()),
                                PodOrder.Where.ANYWHERE,
                                List.of(),
                                Optional.empty(),
                                List.of()),
                        cluster,
                        new InstanceNumbers(folder.resolve("next")),
                        new Door(),
                        () -> "token");
        return new PodCompute(
                fleet, new Semaphore(0), closed::countDown, texts, JOB, InstantSource.system());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void makesWhatIsWantedAndRemovesItAtTheEnd() throws Exception {
        PodCompute compute = compute();
        assertThat(compute.configuration(0)).isEmpty();
        compute.scaleTo(JOB, new ComputeRequest(JOB, 1, 2));
        cluster.await("create 1");

        compute.release(JOB);
        cluster.await("delete fleet");
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void makesNoPodBeforeThereIsWhatItsAgentWillAskFor() throws Exception {
        texts.failures.set(1);
        PodCompute compute = compute();
        assertThat(compute.isAsked()).isFalse();
        compute.scaleTo(JOB, new ComputeRequest(JOB, 3, 1));
        assertThat(compute.isAsked()).isTrue();
        cluster.await("create 0");

        assertThat(texts.failures.get()).isNegative();
        compute.release(JOB);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void leavesThePodsToTheNextServer() throws Exception {
        PodCompute compute = compute();
        compute.scaleTo(JOB, new ComputeRequest(JOB, 1, 1));
        cluster.await("create 0");

        compute.leave(JOB);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.pods("")).isEmpty();
        assertThat(cluster.done()).doesNotContain("delete fleet");
    }
}
