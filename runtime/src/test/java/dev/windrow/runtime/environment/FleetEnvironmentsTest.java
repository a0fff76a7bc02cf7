package dev.windrow.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.protocol.environment.EnvironmentTurn.Alone;
import dev.windrow.protocol.environment.EnvironmentTurn.Fetch;
import dev.windrow.protocol.environment.EnvironmentTurn.Make;
import dev.windrow.protocol.environment.EnvironmentTurn.Wait;
import dev.windrow.testing.sim.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetEnvironmentsTest {

    private static final String ONE = "1".repeat(64);
    private static final String OTHER = "2".repeat(64);

    @TempDir Path folder;

    private final ManualTime time = new ManualTime();
    private FleetEnvironments environments;
    private int leases;

    @BeforeEach
    void setUp() {
        environments = fresh();
    }

    private FleetEnvironments fresh() {
        return new FleetEnvironments(folder, 100, time, () -> "%032x".formatted(++leases));
    }

    private EnvironmentTurn claim(int agent) {
        return environments.claim(ONE, agent, Optional.empty());
    }

    private String made(int agent) {
        return claim(agent) instanceof Make(String lease) ? lease : "none";
    }

    private EnvironmentTurn hold(int agent, String lease) {
        return environments.claim(ONE, agent, Optional.of(lease));
    }

    private Taken take(String lease, long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return environments.take(ONE, lease, offset, new ByteArrayInputStream(bytes), bytes.length);
    }

    private static String sha256(String text) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String[] files() {
        return Optional.ofNullable(folder.toFile().list()).orElseThrow();
    }

    /** Does something when it is read, and ends. */
    private static final class Calling extends InputStream {
        private final Act act;

        interface Act {
            void run() throws IOException;
        }

        Calling(Act act) {
            this.act = act;
        }

        @Override
        public int read() throws IOException {
            act.run();
            return -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    @Test
    void whatALostAgentBeganIsMadeByTheNextThatAsks() {
        String lease = made(3);
        take(lease, 0, "half");

        environments.lost(4);
        assertThat(claim(5)).isEqualTo(new Wait(3));
        environments.lost(3);
        assertThat(files()).isEmpty();
        assertThat(made(5)).isNotEqualTo("none").isNotEqualTo(lease);
        assertThat(take(lease, 4, "late")).isEqualTo(new Taken.NoLease());
    }

    @Test
    void whatALostAgentSendsJustNowIsTakenFirst() {
        String lease = made(3);
        InputStream piece = new Calling(() -> environments.lost(3));

        assertThat(environments.take(ONE, lease, 0, piece, 1)).isEqualTo(new Taken.Size(0));
        assertThat(claim(5)).isEqualTo(new Wait(3));
    }

    @Test
    void oneAgentMakesItAndTheOthersWaitAndFetch() throws Exception {
        String lease = made(3);
        assertThat(claim(4)).isEqualTo(new Wait(3));
        assertThat(hold(3, lease)).isEqualTo(new Make(lease));
        assertThat(environments.archive(ONE)).isEmpty();

        assertThat(take(lease, 0, "half, ")).isEqualTo(new Taken.Size(6));
        assertThat(take(lease, 6, "whole")).isEqualTo(new Taken.Size(11));
        assertThat(claim(4)).isEqualTo(new Wait(3));
        String digest = sha256("half, whole");
        assertThat(environments.keep(ONE, lease, digest)).isEqualTo(new Taken.Size(11));

        assertThat(claim(4)).isEqualTo(new Fetch(digest, 11));
        assertThat(environments.archive(ONE).orElseThrow().file()).hasContent("half, whole");
        assertThat(files()).hasSize(1);
    }

    @Test
    void anotherEnvironmentHasItsOwnMaker() {
        String lease = made(1);
        assertThat(environments.claim(OTHER, 2, Optional.empty())).isInstanceOf(Make.class);
        assertThat(claim(3)).isEqualTo(new Wait(1));
        assertThat(hold(1, lease)).isEqualTo(new Make(lease));
    }

    @Test
    void theNextOneMakesItWhenTheMakerIsNotHeardOf() {
        String lost = made(1);
        take(lost, 0, "half");
        time.advance(Making.SILENCE);
        assertThat(claim(2)).isEqualTo(new Wait(1));
        time.advance(Duration.ofMillis(1));

        assertThat(claim(2)).isInstanceOf(Make.class);

        assertThat(take(lost, 4, "more")).isEqualTo(new Taken.NoLease());
        assertThat(hold(1, lost)).isEqualTo(new Wait(2));
        assertThat(files()).isEmpty();
    }

    @Test
    void aMakerThatSaysSoGoesOnForAnHourAndNotForEver() {
        String lease = made(1);
        for (Duration past = Duration.ZERO;
                past.compareTo(Making.WHOLE) < 0;
                past = past.plus(Making.SILENCE)) {
            time.advance(Making.SILENCE);
            assertThat(hold(1, lease)).isEqualTo(new Make(lease));
        }
        time.advance(Duration.ofMillis(1));

        assertThat(claim(2)).isInstanceOf(Make.class);
        assertThat(hold(1, lease)).isEqualTo(new Wait(2));
    }

    @Test
    void aMakerThatWasOnlySlowKeepsWhatItHasSent() {
        String lease = made(1);
        take(lease, 0, "half");
        time.advance(Duration.ofMinutes(5));

        assertThat(hold(1, lease)).isEqualTo(new Make(lease));
        assertThat(take(lease, 4, "!")).isEqualTo(new Taken.Size(5));
    }

    @Test
    void theNextOneMakesItWhenItIsGivenBack() {
        String lease = made(1);
        take(lease, 0, "half");
        environments.giveBack(ONE, "f".repeat(32), true);
        assertThat(claim(2)).isEqualTo(new Wait(1));
        environments.giveBack(ONE, lease, true);
        environments.giveBack(ONE, lease, true);

        assertThat(files()).isEmpty();
        assertThat(claim(2)).isInstanceOf(Make.class);
    }

    @Test
    void eachMakesItsOwnWhenItCannotBePackedOrTenHaveTried() {
        environments.giveBack(ONE, made(1), false);
        assertThat(claim(2)).isEqualTo(new Alone("agent 1 cannot pack it"));

        environments = fresh();
        for (int agent = 0; agent < 10; agent++) {
            environments.giveBack(ONE, made(agent), true);
        }
        assertThat(claim(11)).isEqualTo(new Alone("10 agents have not brought it"));
    }

    @Test
    void eachMakesItsOwnWhenItIsTooLargeWithAllOthersOfTheJob() throws Exception {
        String first = made(1);
        take(first, 0, "x".repeat(60));
        environments.keep(ONE, first, sha256("x".repeat(60)));
        Make other = (Make) environments.claim(OTHER, 2, Optional.empty());
        byte[] more = new byte[41];

        Taken refused =
                environments.take(OTHER, other.lease(), 0, new ByteArrayInputStream(more), 41);

        String why = "packed, it takes more than the 100 bytes that a job may keep";
        assertThat(refused).isEqualTo(new Taken.Refused(why));
        assertThat(environments.claim(OTHER, 2, Optional.of(other.lease())))
                .isEqualTo(new Alone(why));
        assertThat(files()).hasSize(1);
    }

    @Test
    void aJobHasNoMoreThanEightOfThem() {
        for (int i = 0; i < 8; i++) {
            assertThat(environments.claim("%064x".formatted(i), i, Optional.empty()))
                    .isInstanceOf(Make.class);
        }
        assertThat(environments.claim(ONE, 9, Optional.empty()))
                .isEqualTo(new Alone("the job has 8 others already"));
    }

    @Test
    void aPieceThatBreaksOffIsSentAgain() {
        String lease = made(1);
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(new byte[] {1, 2}),
                        new Calling(() -> {
                            throw new IOException("gone");
                        }));
        assertThatThrownBy(() -> environments.take(ONE, lease, 0, broken, 10))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(take(lease, 0, "whole")).isEqualTo(new Taken.Size(5));
        assertThat(take(lease, 0, "whole")).isEqualTo(new Taken.Size(5));
        assertThat(take(lease, 9, "gap")).isEqualTo(new Taken.Size(5));
    }

    @Test
    void whatIsNotWhatWasAnnouncedIsThrownAway() throws Exception {
        String lease = made(1);
        take(lease, 0, "half");

        assertThat(environments.keep(ONE, lease, ONE))
                .isEqualTo(new Taken.Different(sha256("half")));
        assertThat(files()).isEmpty();
        assertThat(environments.keep(ONE, "f".repeat(32), ONE)).isEqualTo(new Taken.NoLease());
        assertThat(environments.archive(ONE)).isEmpty();
    }

    @Test
    void onePieceIsTakenAtATime() {
        String lease = made(1);
        InputStream asking =
                new Calling(() -> {
                    assertThat(take(lease, 0, "x")).isEqualTo(new Taken.Busy());
                    assertThat(environments.keep(ONE, lease, ONE)).isEqualTo(new Taken.Busy());
                });
        assertThat(environments.take(ONE, lease, 0, asking, 1)).isEqualTo(new Taken.Size(0));
    }

    @Test
    void aServerThatWasStartedAgainGoesOn() throws Exception {
        String lease = made(1);
        take(lease, 0, "half, ");
        environments = fresh();
        assertThat(hold(1, lease)).isEqualTo(new Make(lease));
        assertThat(claim(2)).isEqualTo(new Wait(1));
        assertThat(take(lease, 6, "whole")).isEqualTo(new Taken.Size(11));
        environments.keep(ONE, lease, sha256("half, whole"));

        environments = fresh();

        assertThat(claim(3)).isEqualTo(new Fetch(sha256("half, whole"), 11));
    }

    @Test
    void aDiskThatRefusesIsSaid() throws Exception {
        String lease = made(1);
        Files.delete(folder);

        assertThat(take(lease, 0, "x")).isInstanceOf(Taken.Refused.class);
        assertThat(claim(2)).isInstanceOf(Alone.class);
        Files.createDirectory(folder);
    }
}
