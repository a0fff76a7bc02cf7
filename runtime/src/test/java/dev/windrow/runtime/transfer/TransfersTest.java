package dev.windrow.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.disk.VisibleFiles.Entry;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.store.register.ComputeKey;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransfersTest {

    private static final ComputeKey GPU = new ComputeKey("default", "gpu");
    private static final long LIMIT_SECONDS = 30;

    @TempDir Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
    private final byte[] content = new byte[20 << 20];
    private final ScriptedAgents agents = new ScriptedAgents(random(content));
    private final Transfers transfers = new Transfers(agents, now::get);

    TransfersTest() {
        agents.serve(transfers);
    }

    private static byte[] random(byte[] bytes) {
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        transfers.close();
    }

    private VolumeFiles files(String claim) {
        return transfers.files(GPU, new StorePlace.Claim(claim, ""), "out");
    }

    @Test
    void oneAgentServesAllRequestsForItsVolume() {
        for (int i = 0; i < 100; i++) {
            assertThat(files("data").find(ScriptedAgents.FILE))
                    .map(Entry::bytes)
                    .contains(20L << 20);
        }
        assertThat(files("data").after("", 10)).extracting(Entry::path).containsExactly("rows.txt");
        assertThat(agents.started).hasSize(1);
        assertThat(agents.started.getFirst().writes()).isFalse();
    }

    @Test
    void copiesAFileInPiecesAndARangeOfIt() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files("data").copy(ScriptedAgents.FILE, 0, content.length, all::writeBytes);
        assertThat(all.toByteArray()).isEqualTo(content);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        files("data").copy(ScriptedAgents.FILE, 9_000_001, 9_000_004, part::writeBytes);
        assertThat(part.toByteArray())
                .containsExactly(content[9_000_001], content[9_000_002], content[9_000_003]);
    }

    @Test
    void aSinkThatFailsEndsTheCopyAndNotTheAgent() {
        assertThatThrownBy(() ->
                        files("data")
                                .copy(
                                        ScriptedAgents.FILE,
                                        0,
                                        content.length,
                                        _ -> {
                                            throw new IllegalStateException("client is gone");
                                        }))
                .hasMessage("client is gone");
        assertThat(files("data").find(ScriptedAgents.FILE)).isPresent();
        assertThat(agents.started).hasSize(1);
    }

    @Test
    void tellsWhyAnAgentCannotBegin() throws InterruptedException {
        agents.comes = false;
        agents.look = new VolumeAgent.Look(true, "pod x: image nowhere cannot be had");
        assertThatThrownBy(() -> files("data").find(ScriptedAgents.FILE))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.isPassing()).isFalse())
                .hasMessage(
                        "volume: cannot be looked into (expected: a pod that sees it): pod x: image nowhere cannot be had");
        awaitGone(0);
    }

    private void awaitGone(int agent) throws InterruptedException {
        String token = agents.started.get(agent).token();
        CountDownLatch gone = Objects.requireNonNull(agents.gone.get(token));
        assertThat(gone.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpAnAgentThatDoesNotComeInTwoMinutes() {
        agents.comes = false;
        Instant began = now.get();
        agents.look = new VolumeAgent.Look(false, "pod x: waits for a machine");
        Thread later =
                Thread.ofVirtual()
                        .start(() -> {
                            boolean looked = isLookedAt();
                            now.set(looked ? began.plus(Transfer.START_MAX).plusSeconds(1) : began);
                        });
        assertThatThrownBy(() -> files("data").find(ScriptedAgents.FILE))
                .hasMessageEndingWith("has not begun within 2 minutes: pod x: waits for a machine");
        later.interrupt();
    }

    private boolean isLookedAt() {
        try {
            return agents.looked.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }

    @Test
    void removesAnAgentThatHadNothingToDoForAWhileAndStartsAnother() throws InterruptedException {
        assertThat(files("data").find(ScriptedAgents.FILE)).isPresent();
        now.set(now.get().plus(Transfer.IDLE_MAX).plusSeconds(1));
        awaitGone(0);
        assertThat(files("data").find(ScriptedAgents.FILE)).isPresent();
        assertThat(agents.started).hasSize(2);
        assertThat(transfers.knows(agents.started.getFirst().token())).isFalse();
        assertThat(transfers.knows(agents.started.getLast().token())).isTrue();
    }

    @Test
    void refusesAVolumeTooManyForAMomentAndMakesRoomForIt() throws InterruptedException {
        for (String claim : new String[] {"a", "b", "c", "d"}) {
            assertThat(files(claim).find(ScriptedAgents.FILE)).isPresent();
            now.set(now.get().plus(Duration.ofSeconds(1)));
        }
        assertThatThrownBy(() -> files("e").find(ScriptedAgents.FILE))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.isPassing()).isTrue());
        awaitGone(0);
        assertThat(agents.started).hasSize(4);
    }

    @Test
    void aTokenIsWorthNothingForAnotherAgentsOrders() {
        assertThat(files("data").find(ScriptedAgents.FILE)).isPresent();
        assertThat(transfers.knows("wt_other")).isFalse();
        assertThat(
                        transfers.take(
                                "wt_other", 1, TransferResult.DONE, InputStream.nullInputStream()))
                .isFalse();
    }

    @Test
    void removesWhatIsLeftOnAVolumeAndWhatAServerBeforeHasNotRemoved() throws Exception {
        Path kept = folder.resolve("removals");
        VolumeRemoval one = removal(".windrow/one");
        VolumeRemovals closed = removals(kept, true);
        closed.close();
        closed.add(one);
        try (VolumeRemovals next = removals(kept, true)) {
            CountDownLatch first = new CountDownLatch(1);
            next.takeUp(first::countDown);
            next.add(removal(".windrow/two"));
            assertThat(first.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            awaitEmpty(next, kept);
        }
        assertThat(agents.removed).containsExactlyInAnyOrder(".windrow/one", ".windrow/two");
        assertThat(agents.started).hasSize(1);
        assertThat(agents.started.getFirst().writes()).isTrue();
    }

    @Test
    void forgetsWhatIsOnAVolumeThatNoComputeSeesAnyMore() throws Exception {
        Path kept = folder.resolve("removals");
        try (VolumeRemovals removals = removals(kept, false)) {
            removals.add(removal(".windrow/one"));
            awaitEmpty(removals, kept);
        }
        assertThat(agents.started).isEmpty();
    }

    @Test
    void removesLaterWhatNobodySaysToBeGone() throws Exception {
        Path kept = folder.resolve("removals");
        try (VolumeRemovals removals = removals(kept, true)) {
            removals.done(removal(".windrow/one"));
            removals.addLater(removal(".windrow/one"), Duration.ofMinutes(1));
            removals.addLater(removal(".windrow/two"), Duration.ofMinutes(1));
            removals.addLater(removal(".windrow/two"), Duration.ofMinutes(1));
            now.updateAndGet(time -> time.plusSeconds(59));
            passed(removals);
            assertThat(kept).isDirectoryContaining("glob:**.properties");
            removals.done(removal(".windrow/one"));
        }
        assertThat(agents.started).isEmpty();
        now.updateAndGet(time -> time.plusSeconds(2));
        try (VolumeRemovals next = removals(kept, true)) {
            awaitEmpty(next, kept);
        }
        assertThat(agents.removed).containsExactly(".windrow/two");
    }

    private VolumeRemovals removals(Path kept, boolean attached) {
        return new VolumeRemovals(kept, transfers, _ -> attached, now::get);
    }

    private static VolumeRemoval removal(String place) {
        return new VolumeRemoval(GPU, new StorePlace.Claim("data", "sub"), place);
    }

    private static void passed(VolumeRemovals removals) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        removals.takeUp(done::countDown);
        assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** What is told to be done later is done after all there was. */
    private static void awaitEmpty(VolumeRemovals removals, Path kept) throws Exception {
        passed(removals);
        passed(removals);
        try (var files = Files.list(kept)) {
            assertThat(files).isEmpty();
        }
    }
}
