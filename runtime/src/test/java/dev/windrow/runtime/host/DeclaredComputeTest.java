package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.ClusterReference.InCluster;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ProvisioningState;
import dev.windrow.store.register.Register;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Computes that were declared, on clusters that are not always as they should be. */
final class DeclaredComputeTest {

    private static final ComputeKey GPU = new ComputeKey("default", "gpu");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicBoolean good = new AtomicBoolean(true);
    private final AtomicInteger verified = new AtomicInteger();
    private final List<String> told = new ArrayList<>();
    private final ComputeHost host;

    DeclaredComputeTest(@TempDir Path folder) {
        Register register = Register.open(folder.resolve("register.db"));
        host =
                new ComputeHost(
                        register.computes(),
                        new AttachedClusters(
                                List.of(
                                        new WatchedClusters(
                                                _ -> verify(),
                                                verified,
                                                new AtomicInteger(),
                                                new CountDownLatch(1))),
                                "here",
                                ClusterSecrets.below(folder),
                                new AgentSide(
                                        () -> URI.create("http://server"),
                                        () -> URI.create("http://server"),
                                        new PodImages("agent", "job"))),
                        new CancelingJobs(register, NOON),
                        HostLimits.DEFAULT,
                        Duration.ofMinutes(5),
                        InstantSource.system());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private ClusterFindings verify() {
        if (!good.get()) {
            throw new ClusterException("QUOTA_ZERO", "quota none lets no pod in");
        }
        return ClusterFindings.NONE;
    }

    private DeclaredCompute declared(String name, ClusterReference cluster, String namespace) {
        AttachDocument document =
                new AttachDocument(
                        new Attachment(cluster, namespace, false, Optional.empty()),
                        Optional.empty(),
                        Map.of());
        return new DeclaredCompute(
                "default", new Declared.Compute(name, document), host, told::add);
    }

    private ProvisioningState ended() {
        while (host.find(GPU).compute().state().passing()) {
            LockSupport.parkNanos(1_000_000);
        }
        return host.find(GPU).compute().state();
    }

    @Test
    void attachesOnceAndLeavesItAtThat() {
        DeclaredCompute compute = declared("gpu", new InCluster(), "team-a");
        compute.tick(NOON);
        assertThat(ended()).isEqualTo(ProvisioningState.SUCCEEDED);
        compute.tick(NOON);
        assertThat(compute.settled()).isTrue();
        declared("gpu", new InCluster(), "team-a").tick(NOON);
        assertThat(ended()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(verified).hasValue(1);
        declared("gpu", new InCluster(), "team-b").tick(NOON);
        assertThat(ended()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(host.find(GPU).attachment().orElseThrow().namespace()).isEqualTo("team-b");
        assertThat(told).isEmpty();
    }

    @Test
    void triesAgainLaterAndTellsAReasonOnce() {
        good.set(false);
        DeclaredCompute compute = declared("gpu", new InCluster(), "team-a");
        compute.tick(NOON);
        assertThat(ended()).isEqualTo(ProvisioningState.FAILED);
        compute.tick(NOON);
        compute.tick(NOON.plusSeconds(9));
        assertThat(verified).hasValue(1);
        compute.tick(NOON.plusSeconds(10));
        assertThat(ended()).isEqualTo(ProvisioningState.FAILED);
        compute.tick(NOON.plusSeconds(11));
        assertThat(verified).hasValue(2);
        assertThat(told).containsExactly("compute gpu: Failed: quota none lets no pod in");
        good.set(true);
        compute.tick(NOON.plusSeconds(30));
        assertThat(verified).hasValue(2);
        compute.tick(NOON.plusSeconds(31));
        assertThat(ended()).isEqualTo(ProvisioningState.SUCCEEDED);
        compute.tick(NOON.plusSeconds(32));
        assertThat(compute.settled()).isTrue();
    }

    @Test
    void leavesDetachedWhatSomebodyHasDetached() {
        good.set(false);
        DeclaredCompute compute = declared("gpu", new InCluster(), "team-a");
        compute.tick(NOON);
        assertThat(ended()).isEqualTo(ProvisioningState.FAILED);
        compute.tick(NOON);
        host.detach(GPU, true, "ada");
        while (host.list("default", "", 9).size() > 1) {
            LockSupport.parkNanos(1_000_000);
        }
        compute.tick(NOON.plusSeconds(60));
        assertThat(compute.settled()).isTrue();
        assertThat(host.list("default", "", 9)).hasSize(1);
    }

    @Test
    void tellsWhatTheServerRefuses() {
        declared("local", new InCluster(), "team-a").tick(NOON);
        assertThat(told)
                .containsExactly(
                        "compute local: name: local (expected: another; this one is reserved)");
    }
}
