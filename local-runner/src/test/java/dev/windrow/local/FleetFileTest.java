package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.local.FleetFile.Fleet;
import dev.windrow.local.FleetFile.Member;
import dev.windrow.worker.process.KnownProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FleetFileTest {

    private static final URI SERVER = URI.create("http://127.0.0.1:7480");
    private static final Member FIRST =
            new Member(0, new KnownProcess(4711, "2026-01-02T03:04:05.060Z"));
    private static final Member THIRD =
            new Member(1, new KnownProcess(4712, "2026-01-02T03:04:06.060Z"));

    @TempDir private Path folder;
    private FleetFile file;

    @BeforeEach
    void open() {
        file = new FleetFile(folder.resolve("fleet"));
    }

    private Path text(String text) throws IOException {
        return Files.writeString(folder.resolve("fleet"), text);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Map<Integer, Optional<Member>> members =
                Map.of(0, Optional.of(FIRST), 1, Optional.empty(), 7, Optional.of(THIRD));

        file.write(SERVER, members);

        assertThat(file.read()).isEqualTo(new Fleet(Optional.of(SERVER), members));
        assertThat(file.read().nextNumber()).isEqualTo(8);
    }

    @Test
    void aFileThatIsNotThereIsAFleetOfNobody() {
        assertThat(file.read()).isEqualTo(new Fleet(Optional.empty(), Map.of()));
        assertThat(file.read().nextNumber()).isZero();
    }

    @Test
    void aProcessWithoutABeginIsNotTakenForOneThatSomebodyElseHasStarted() throws IOException {
        Member nameless = new Member(0, new KnownProcess(4711, ""));
        file.write(SERVER, Map.of(0, Optional.of(nameless)));

        assertThat(file.read().members()).containsExactly(Map.entry(0, Optional.of(nameless)));
        assertThat(nameless.process().isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "no server\n0\n",
                "http://127.0.0.1:7480\n0 0 47",
                "http://127.0.0.1:7480\n0 0",
                "http://127.0.0.1:7480\n0 0 99999999999999999999 2026-01-02T03:04:05Z\n",
                "http://127.0.0.1:7480\n-3\n",
                "http://127.0.0.1:7480\n0 0 -1 2026-01-02T03:04:05Z\n",
                "http://127.0.0.1:7480\n\n",
                "\u0000\u0000\u0000\u00ff\u00fe\n\u0000"
            })
    void ofAFileThatIsNotWholeEveryFolderStandsForAnInstanceThatMayLive(String broken)
            throws IOException {
        Files.createDirectories(folder.resolve("0").resolve("code"));
        Files.createDirectories(folder.resolve("4"));
        Files.createDirectories(folder.resolve("code.new"));
        Files.writeString(folder.resolve("9"), "no folder");
        text(broken);

        assertThat(file.read().members().keySet()).containsExactly(0, 4);
        assertThat(file.read().members().values()).containsOnly(Optional.empty());
        assertThat(file.read().nextNumber()).isEqualTo(5);
    }

    @Test
    void halfAFileGivesTheLinesThatAreWhole() throws IOException {
        // In this order, so that it is the last one that is half there.
        file.write(SERVER, new TreeMap<>(Map.of(0, Optional.of(FIRST), 1, Optional.of(THIRD))));
        String whole = Files.readString(folder.resolve("fleet"));
        Files.createDirectories(folder.resolve("0"));
        Files.createDirectories(folder.resolve("1"));
        text(whole.substring(0, whole.lastIndexOf(' ')));

        assertThat(file.read())
                .isEqualTo(
                        new Fleet(
                                Optional.of(SERVER),
                                Map.of(0, Optional.of(FIRST), 1, Optional.empty())));
    }

    @Test
    void whatCannotBeReadAtAllIsNotWhole() throws IOException {
        Files.createDirectories(folder.resolve("fleet"));
        Files.createDirectories(folder.resolve("2"));

        assertThat(file.read().members()).containsExactly(Map.entry(2, Optional.empty()));
    }

    @Test
    void keepsTheOldTextWhenTheNewOneCannotBeWritten() throws IOException {
        file.write(SERVER, Map.of(0, Optional.of(FIRST)));
        Files.createDirectories(folder.resolve("fleet.new").resolve("in the way"));

        assertThatThrownBy(() -> file.write(SERVER, Map.of())).isInstanceOf(IOException.class);

        assertThat(file.read().members()).containsExactly(Map.entry(0, Optional.of(FIRST)));
    }
}
