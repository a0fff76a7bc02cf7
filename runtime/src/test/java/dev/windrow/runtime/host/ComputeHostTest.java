package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.ClusterReference.Context;
import dev.windrow.model.compute.ClusterReference.InCluster;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.ClusterProvider;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.ComputeHost.Attached;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.ComputeOperation;
import dev.windrow.store.register.Fault;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.ProvisioningState;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.JobTexts;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Computes whose clusters are slow, silent, broken or not there. */
final class ComputeHostTest {

    private static final ComputeKey GPU = new ComputeKey("default", "gpu");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Register register;
    private final ClusterSecrets secrets;
    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicInteger cleaned = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CancelingJobs jobs;

    ComputeHostTest(@TempDir Path folder) {
        register = Register.open(folder.resolve("register.db"));
        secrets = ClusterSecrets.below(folder);
        jobs = new CancelingJobs(register, NOON);
    }

    private ComputeHost host(Duration limit, WatchedClusters.Verify verify) {
        return host(limit, List.of(new WatchedClusters(verify, verified, cleaned, never)));
    }

    private ComputeHost host(Duration limit, List<ClusterProvider> providers) {
        return new ComputeHost(
                register.computes(),
                new AttachedClusters(
                        providers,
                        "here",
                        secrets,
                        new AgentSide(
                                () -> URI.create("http://server"),
                                () -> URI.create("http://server"),
                                new PodImages("agent", "job"))),
                jobs,
                HostLimits.DEFAULT,
                limit,
                InstantSource.system());
    }

    private static AttachDocument attachment(String namespace) {
        return new AttachDocument(
                new Attachment(new InCluster(), namespace, false, Optional.empty()),
                Optional.empty(),
                Map.of());
    }

    private static ComputeOperation ended(ComputeHost host, String id) {
        ComputeOperation operation = host.operation("default", id);
        while (operation.endedAt().isEmpty()) {
            LockSupport.parkNanos(1_000_000);
            operation = host.operation("default", id);
        }
        return operation;
    }

    private static ComputeOperation attached(ComputeHost host, String namespace) {
        Attached attached = host.attach(GPU, attachment(namespace), "ann");
        return ended(host, attached.operation().orElseThrow());
    }

    private static ProvisioningState state(ComputeHost host) {
        return host.find(GPU).compute().state();
    }

    @Test
    void aClusterThatNeverAnswersEndsAsFailed() {
        try (ComputeHost host =
                host(
                        SHORT,
                        _ -> {
                            // Not even an interrupt moves it.
                            while (never.getCount() > 0) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            return ClusterFindings.NONE;
                        })) {
            ComputeOperation ended = attached(host, "default");
            assertThat(ended.error().map(Fault::code)).contains("CLUSTER_TIMEOUT");
            assertThat(state(host)).isEqualTo(ProvisioningState.FAILED);
            never.countDown();
        }
        try (ComputeHost next = host(LONG, _ -> ClusterFindings.NONE)) {
            assertThat(attached(next, "default").error()).isEmpty();
            assertThat(state(next)).isEqualTo(ProvisioningState.SUCCEEDED);
        }
    }

    @Test
    void manyThatNeverAnswerKeepNoneWaitingForEver() {
        try (ComputeHost host = host(SHORT, _ -> silent())) {
            List<String> operations = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ComputeKey key = new ComputeKey("default", "gpu" + i);
                operations.add(
                        host.attach(key, attachment("default"), "ann").operation().orElseThrow());
            }
            for (String id : operations) {
                assertThat(ended(host, id).error().map(Fault::code)).contains("CLUSTER_TIMEOUT");
            }
        }
    }

    private ClusterFindings silent() throws InterruptedException {
        never.await();
        return ClusterFindings.NONE;
    }

    @Test
    void tooManyAtOneTimeAreRefusedAndLeaveNothing() {
        try (ComputeHost host = host(LONG, _ -> silent())) {
            assertThatExceptionOfType(HostRefusal.class)
                    .isThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            host.attach(
                                    new ComputeKey("default", "gpu" + i),
                                    attachment("default"),
                                    "ann");
                        }
                    })
                    .satisfies(e -> assertThat(e.code()).isEqualTo("TOO_MANY_OPERATIONS"));
            int many = host.list("default", "", 200).size() - 1;
            assertThat(many).isBetween(64, 80);
            assertThat(register.computes().unfinished()).hasSize(many);
        }
    }

    @Test
    void whatGoesOnWhenTheServerEndsIsDoneByTheNext() {
        String id;
        try (ComputeHost host = host(LONG, _ -> silent())) {
            id = host.attach(GPU, attachment("default"), "ann").operation().orElseThrow();
            while (verified.get() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        assertThat(register.computes().operation("default", id).orElseThrow().endedAt()).isEmpty();
        try (ComputeHost next = host(LONG, _ -> ClusterFindings.NONE)) {
            next.takeUp();
            assertThat(ended(next, id).error()).isEmpty();
            assertThat(state(next)).isEqualTo(ProvisioningState.SUCCEEDED);
        }
    }

    @Test
    void aServerWithoutARunnerEndsWhatItTakesUpAsFailed() {
        String id;
        try (ComputeHost host = host(LONG, _ -> silent())) {
            id = host.attach(GPU, attachment("default"), "ann").operation().orElseThrow();
        }
        try (ComputeHost next = host(LONG, List.of())) {
            next.takeUp();
            assertThat(ended(next, id).error().map(Fault::code)).contains("NO_CLUSTER_RUNNER");
            assertThat(state(next)).isEqualTo(ProvisioningState.FAILED);
        }
    }

    @Test
    void withoutARunnerNothingIsPretended() {
        try (ComputeHost host = host(LONG, List.of())) {
            assertThatExceptionOfType(HostRefusal.class)
                    .isThrownBy(() -> host.attach(GPU, attachment("default"), "ann"))
                    .withMessageContaining("this installation has no runner for kubernetes")
                    .satisfies(
                            e -> assertThat(e.because()).isEqualTo(HostRefusal.Because.UNUSABLE));
            assertThat(host.list("default", "", 10)).hasSize(1);
        }
    }

    @Test
    void aComputeWithJobsStaysUnlessItIsForced() {
        try (ComputeHost host = host(LONG, _ -> ClusterFindings.NONE)) {
            attached(host, "default");
            for (String name : List.of("one", "two")) {
                register.add(
                        RegisteredJob.submitted(
                                new JobKey("default", name),
                                new JobTexts(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of(),
                                        Map.of()),
                                "gpu",
                                "ann",
                                NOON));
            }
            assertThat(host.status(GPU).running()).containsExactly("one", "two");
            assertThat(host.quota(GPU).get(2).used()).isEqualTo("4");
            assertThatExceptionOfType(HostRefusal.class)
                    .isThrownBy(() -> host.detach(GPU, false, "bob"))
                    .withMessageContaining("one, two")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("COMPUTE_IN_USE"));
            ComputeOperation detached = ended(host, host.detach(GPU, true, "bob").id());
            assertThat(detached.state()).isEqualTo(ComputeOperation.State.SUCCEEDED);
            assertThat(jobs.canceled).containsExactly("one by bob", "two by bob");
            assertThat(cleaned).hasValue(1);
            assertThat(register.computes().find(GPU)).isEmpty();
        }
    }

    @Test
    void aDetachTakesThePlaceOfAnAttachThatGoesOnWhenItIsForced() {
        try (ComputeHost host = host(LONG, _ -> silent())) {
            Attached attached = host.attach(GPU, attachment("default"), "ann");
            assertThatExceptionOfType(HostRefusal.class)
                    .isThrownBy(() -> host.detach(GPU, false, "ann"))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("COMPUTE_BUSY"));
            ended(host, host.detach(GPU, true, "ann").id());
            ComputeOperation first = host.operation("default", attached.operation().orElseThrow());
            assertThat(first.error().map(Fault::code)).contains("SUPERSEDED");
            // The look that was broken off may have left something.
            assertThat(cleaned).hasValue(1);
            never.countDown();
            assertThat(register.computes().find(GPU)).isEmpty();
        }
    }

    @Test
    void aCleaningThatNeverEndsFailsAndMayBeTriedAgain() {
        try (ComputeHost host = host(LONG, _ -> ClusterFindings.NONE)) {
            attached(host, "silent");
        }
        try (ComputeHost host = host(SHORT, _ -> ClusterFindings.NONE)) {
            ComputeOperation failed = ended(host, host.detach(GPU, false, "ann").id());
            assertThat(failed.error().map(Fault::code)).contains("CLUSTER_TIMEOUT");
            assertThat(state(host)).isEqualTo(ProvisioningState.FAILED);
        }
        never.countDown();
        try (ComputeHost next = host(LONG, _ -> ClusterFindings.NONE)) {
            assertThat(ended(next, next.detach(GPU, false, "ann").id()).error()).isEmpty();
            assertThat(register.computes().find(GPU)).isEmpty();
        }
    }

    @Test
    void theSameWithOtherLabelsIsNotAttachedAnew() {
        try (ComputeHost host = host(LONG, _ -> ClusterFindings.NONE)) {
            attached(host, "default");
            AttachDocument labeled =
                    new AttachDocument(
                            attachment("default").attachment(),
                            Optional.of("for the team"),
                            Map.of("a", "b"));
            Attached again = host.attach(GPU, labeled, "bob");
            assertThat(again.operation()).isEmpty();
            assertThat(again.made()).isFalse();
            assertThat(host.find(GPU).compute().texts().tags()).containsEntry("a", "b");
            assertThat(verified).hasValue(1);
            AttachDocument other =
                    new AttachDocument(
                            new Attachment(new Context("x"), "default", false, Optional.empty()),
                            Optional.empty(),
                            Map.of());
            Attached anew = host.attach(GPU, other, "bob");
            ended(host, anew.operation().orElseThrow());
            assertThat(verified).hasValue(2);
            assertThat(host.find(GPU).attachment().orElseThrow().cluster())
                    .isEqualTo(new Context("x"));
        }
    }

    private static AttachDocument at(Optional<String> token) {
        URI address = URI.create("https://10.0.0.1:6443");
        return new AttachDocument(
                new Attachment(
                        new ClusterReference.Address(address), "default", false, Optional.empty()),
                Optional.empty(),
                Map.of(),
                token.map(secret -> new ClusterCredentials(address, "", secret)));
    }

    @Test
    void aClusterAtAnAddressIsEnteredByWhatWasGivenOnceAndForgottenWithIt() {
        List<Optional<ClusterCredentials>> used = new ArrayList<>();
        try (ComputeHost host =
                host(
                        LONG,
                        target -> {
                            used.add(target.credentials());
                            return ClusterFindings.NONE;
                        })) {
            assertThatExceptionOfType(HostRefusal.class)
                    .isThrownBy(() -> host.attach(GPU, at(Optional.empty()), "ann"))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("NO_CREDENTIALS"));
            AttachDocument first = at(Optional.of("one"));
            ended(host, host.attach(GPU, first, "ann").operation().orElseThrow());
            assertThat(host.attach(GPU, first, "ann").operation()).isEmpty();
            assertThat(host.attach(GPU, at(Optional.empty()), "ann").operation()).isEmpty();
            AttachDocument other = at(Optional.of("two"));
            ended(host, host.attach(GPU, other, "ann").operation().orElseThrow());
            assertThat(used).containsExactly(first.credentials(), other.credentials());
            assertThat(host.place(GPU).orElseThrow().target().server())
                    .isEqualTo(URI.create("http://server"));
            assertThat(host.find(GPU).toString()).doesNotContain("two");
            ended(host, host.detach(GPU, false, "ann").id());
            assertThat(secrets.of(GPU)).isEmpty();
        }
    }

    @Test
    void howAClusterIsIsAskedForAnewButNotByEveryone() {
        AtomicInteger looks = new AtomicInteger();
        try (ComputeHost host =
                host(
                        LONG,
                        _ -> {
                            if (looks.incrementAndGet() > 1) {
                                throw new ClusterException("CLUSTER_UNREACHABLE", "it is away");
                            }
                            return ClusterFindings.NONE;
                        })) {
            attached(host, "default");
            assertThat(host.status(GPU).health())
                    .containsExactly(new HealthFinding("cluster", false, "it is away"));
            assertThat(host.status(GPU).health()).hasSize(1);
            assertThat(host.quota(GPU)).hasSize(3);
            assertThat(looks).hasValue(2);
            assertThat(state(host)).isEqualTo(ProvisioningState.SUCCEEDED);
        }
    }
}
