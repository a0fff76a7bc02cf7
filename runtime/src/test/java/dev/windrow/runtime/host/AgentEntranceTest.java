package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import dev.windrow.runtime.ship.LogPiece;
import dev.windrow.store.register.JobDemand;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until when logs are taken; the clock goes where the test puts it. */
final class AgentEntranceTest {

    private static final Instant SUBMITTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobKey KEY = new JobKey("default", "nightly");
    private static final Admission SHIPPED = new Admission.Shipped(4);

    @TempDir Path home;

    private Register register;
    private AgentEntrance entrance;
    private Instant now = SUBMITTED;

    @BeforeEach
    void setUp() throws IOException {
        register = Register.open(home.resolve("register.db"));
        JobTokens tokens = JobTokens.of(home.resolve("job-tokens.key"));
        entrance =
                new AgentEntrance(
                        tokens,
                        register,
                        _ -> Optional.empty(),
                        key -> JobFolder.of(home, key.name()),
                        () -> URI.create("http://127.0.0.1"),
                        () -> now);
        submit(KEY, SUBMITTED);
    }

    private void submit(JobKey key, Instant at) throws IOException {
        JobTexts texts =
                new JobTexts(
                        Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());
        register.add(RegisteredJob.submitted(key, texts, "local", "ada", at), JobDemand.LEAST);
        Files.createDirectories(JobFolder.of(home, key.name()).logs().resolve("sys/node/1"));
    }

    private void end(JobKey key, Instant at) {
        register.update(
                key,
                one ->
                        one.withStatus(
                                JobStatus.COMPLETED,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(at)));
    }

    private Admission ship(String token, int agent) {
        byte[] text = "one\n".getBytes(StandardCharsets.UTF_8);
        return entrance.ship(
                token, agent, new LogPiece("sys/node/%d/_main.txt".formatted(agent), 0, text, 0));
    }

    @Test
    void logsAreTakenWhileTheJobWaitsAndForTwoMinutesAfterItsEnd() {
        String token = entrance.token(KEY, SUBMITTED);
        assertThat(ship(token, 1)).isEqualTo(SHIPPED);
        Instant end = SUBMITTED.plusSeconds(60);
        end(KEY, end);
        now = end.plus(AgentEntrance.LAST_LINES).minusMillis(1);
        assertThat(ship(token, 1)).isEqualTo(SHIPPED);
        assertThat(entrance.join(token, OptionalInt.empty())).isEqualTo(new Admission.Gone());
        assertThat(entrance.join(token, OptionalInt.of(1))).isEqualTo(new Admission.Gone());
        assertThat(entrance.code(token)).isEqualTo(new Admission.Gone());
        now = end.plus(AgentEntrance.LAST_LINES);
        assertThat(ship(token, 1)).isEqualTo(new Admission.Gone());
    }

    @Test
    void onlyInstancesOfTheTokensJobAreHeard() throws IOException {
        JobKey other = new JobKey("default", "other");
        submit(other, SUBMITTED);
        String token = entrance.token(KEY, SUBMITTED);
        assertThat(ship(token, 2)).isEqualTo(new Admission.NoMember());
        assertThat(ship("wj_x.y", 1)).isEqualTo(new Admission.Unknown());
        assertThat(ship(entrance.token(other, SUBMITTED), 1)).isEqualTo(SHIPPED);
        assertThat(JobFolder.of(home, "nightly").logs().resolve("sys/node/1")).isEmptyDirectory();
        now = SUBMITTED.plus(JobTokens.GOOD_FOR).plus(Duration.ofSeconds(1));
        assertThat(ship(token, 1)).isEqualTo(new Admission.Unknown());
    }

    @Test
    void aTokenOfAnEarlierJobOfTheNameIsWorthNothing() {
        String token = entrance.token(KEY, SUBMITTED.minusSeconds(5));
        assertThat(ship(token, 1)).isEqualTo(new Admission.Gone());
        register.remove(KEY);
        assertThat(ship(entrance.token(KEY, SUBMITTED), 1)).isEqualTo(new Admission.Gone());
    }

    @Test
    void whoeverHasRemovedTheSegmentsOfAJobIsHeardAlsoAfterItsEnd() {
        List<JobKey> told = new ArrayList<>();
        entrance.whenRemoved(job -> told.add(job.key()));
        String token = entrance.token(KEY, SUBMITTED);
        assertThat(entrance.segmentsRemoved(token)).isEqualTo(new Admission.Heard());
        end(KEY, SUBMITTED.plusSeconds(1));
        assertThat(entrance.segmentsRemoved(token)).isEqualTo(new Admission.Heard());
        String earlier = entrance.token(KEY, SUBMITTED.minusSeconds(5));
        assertThat(entrance.segmentsRemoved(earlier)).isEqualTo(new Admission.Gone());
        assertThat(entrance.segmentsRemoved("wj_x.y")).isEqualTo(new Admission.Unknown());
        assertThat(told).containsExactly(KEY, KEY);
    }

    /** A fleet of the instance 3, which is known or not. */
    private record Fleet(boolean knowsItsInstances) implements OpenCompute {
        @Override
        public Optional<byte[]> join() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> configuration(int agent) {
            return agent == 3 ? Optional.of(new byte[] {3}) : Optional.empty();
        }

        @Override
        public void scaleTo(String fleet, ComputeRequest request) {}

        @Override
        public FleetSnapshot observe(String fleet) {
            return new FleetSnapshot(Set.of(3), Set.of());
        }

        @Override
        public void release(String fleet) {}

        @Override
        public void leave(String fleet) {}
    }

    @Test
    void anInstanceIsToldWhatToDoAndOneThatTheFleetDoesNotHaveToEnd() {
        OpenCompute fleet = new Fleet(true);
        assertThat(AgentEntrance.configuration(fleet, 3))
                .get()
                .isInstanceOfSatisfying(
                        Admission.Joined.class,
                        told -> assertThat(told.configuration()).containsExactly(3));
        assertThat(AgentEntrance.configuration(fleet, 4)).contains(new Admission.NotNeeded());
    }

    @Test
    void whoAsksBeforeTheFleetIsKnownAgainComesLater() {
        OpenCompute fleet = new Fleet(false);
        assertThat(AgentEntrance.configuration(fleet, 3)).isEmpty();
        assertThat(AgentEntrance.configuration(fleet, 4)).isEmpty();
        assertThat(entrance.join(entrance.token(KEY, SUBMITTED), OptionalInt.of(3)))
                .isEqualTo(new Admission.NotYet());
    }
}
