package dev.windrow.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.EnvironmentMaker.Asker;
import dev.windrow.worker.environment.EnvironmentSpot;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.environment.Wheel;
import dev.windrow.worker.fetch.ArchiveBounds;
import dev.windrow.worker.fetch.FetchException;
import dev.windrow.worker.fetch.FetchedFolder;
import dev.windrow.worker.fetch.PackedFolder;
import dev.windrow.worker.process.HarnessFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real environments and a real pip; the server is scripted. */
final class SharedEnvironmentTest {

    private static final String LEASE = "0123456789abcdef".repeat(2);
    private static final VirtualEnvironment WANTED =
            new VirtualEnvironment(PythonRule.ANY, List.of("windrowtoy==1.0"));

    @TempDir Path folder;

    private final Server server = new Server();
    private final Deque<EnvironmentTurn> turns = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private Path log;

    @BeforeEach
    void setUp() throws IOException {
        Wheel.make(folder.resolve("wheels"), "windrowtoy", "1.0", "hello");
        log = folder.resolve("logs/environment.txt");
    }

    /** Says what the test has put down, and keeps what it is sent in one file. */
    private final class Server implements EnvironmentWay {
        private Optional<IOException> broken = Optional.empty();

        Path archive() {
            return folder.resolve("archive");
        }

        EnvironmentTurn.Fetch fetch() throws Exception {
            byte[] all = Files.readAllBytes(archive());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
            return new EnvironmentTurn.Fetch(HexFormat.of().formatHex(digest), all.length);
        }

        @Override
        public EnvironmentTurn claim(Optional<String> lease) throws IOException {
            EnvironmentTurn turn = turns.poll();
            if (turn == null) {
                throw new IOException("nothing more to say");
            }
            return turn;
        }

        @Override
        public boolean hold(String lease) {
            return true;
        }

        @Override
        public long send(String lease, Path environment) throws IOException {
            if (broken.isPresent()) {
                throw broken.get();
            }
            try (OutputStream out = Files.newOutputStream(archive())) {
                PackedFolder.pack(environment, ArchiveBounds.ENVIRONMENT, out);
            }
            said.add("sent");
            return Files.size(archive());
        }

        @Override
        public void giveBack(String lease, boolean shareable) {
            said.add(shareable ? "given back" : "unpackable");
        }

        @Override
        public void fetch(EnvironmentTurn.Fetch what, Path target) throws IOException {
            if (broken.isPresent()) {
                throw broken.get();
            }
            FetchedFolder.unpackPacked(
                    "environment", archive(), what.sha256(), target, ArchiveBounds.ENVIRONMENT);
            said.add("fetched");
        }

        @Override
        public void rest() {
            said.add("rested");
        }
    }

    private Path environments() {
        return folder.resolve("work/environments");
    }

    private EnvironmentMaker maker() {
        return new EnvironmentMaker(environments(), this::harness);
    }

    private MadeEnvironment get(SharedEnvironment.Making making, EnvironmentTurn... all)
            throws Exception {
        turns.addAll(List.of(all));
        Asker asker =
                new Asker(
                        "python3",
                        Map.of(
                                "PIP_NO_INDEX",
                                "1",
                                "PIP_FIND_LINKS",
                                folder.resolve("wheels").toString()),
                        log);
        return new SharedEnvironment(server, making, maker().spot(WANTED, asker)).get();
    }

    /** Makes at once what a machine would need ten seconds for. */
    private MadeEnvironment quick(EnvironmentSpot spot) {
        said.add("made");
        try (var all = Files.newDirectoryStream(environments())) {
            Path own = all.iterator().next();
            Path bin = Files.createDirectories(own.resolve("build-quick/bin"));
            Path python = Path.of("/usr/bin/env");
            if (Files.notExists(bin.resolve("python"))) {
                Files.createSymbolicLink(bin.resolve("python"), python);
            }
            Files.writeString(own.resolve("made"), "build-quick");
            return spot.find().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (EnvironmentException e) {
            throw new AssertionError(e);
        }
    }

    private MadeEnvironment quick(EnvironmentTurn... all) throws Exception {
        return get(this::quick, all);
    }

    private Path harness() {
        try {
            return HarnessFiles.folder(folder.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(MadeEnvironment made) throws IOException {
        Process process =
                new ProcessBuilder(made.python(), "-c", "import windrowtoy; print(windrowtoy.WORD)")
                        .redirectErrorStream(true)
                        .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static EnvironmentTurn make() {
        return new EnvironmentTurn.Make(LEASE);
    }

    /** As a machine finds its disk that has never made one. */
    private void anotherMachine() throws IOException {
        Files.move(environments(), folder.resolve("first-machine"));
        Files.delete(log);
    }

    @Test
    void oneMachineMakesItAndAnotherOneUsesItAtTheSamePath() throws Exception {
        MadeEnvironment first = get(maker()::make, make());
        assertThat(log)
                .content()
                .containsPattern("windrow: sent to the server for the other instances: \\d+ bytes");
        anotherMachine();

        MadeEnvironment second = get(maker()::make, new EnvironmentTurn.Wait(0), server.fetch());

        assertThat(second).isEqualTo(first);
        assertThat(word(second)).isEqualTo("hello");
        assertThat(said).containsExactly("sent", "rested", "fetched");
        assertThat(log)
                .content()
                .matches(
                        "windrow: instance 0 makes it; waiting\n"
                                + "windrow: fetched \\S+, which another instance has made: \\d+ bytes\n");
        assertThat(get(maker()::make)).isEqualTo(second);
    }

    @Test
    void makesItWhenItsMakerIsGone() throws Exception {
        quick(new EnvironmentTurn.Wait(0), new EnvironmentTurn.Wait(0), make());

        assertThat(said).containsExactly("rested", "rested", "made", "sent");
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("waiting"))
                .containsExactly("windrow: instance 0 makes it; waiting");
    }

    @Test
    void givesItBackWhenItCannotBeMade() {
        assertThatThrownBy(() ->
                        get(
                                _ -> {
                                    throw new EnvironmentException("pip ended with 1");
                                },
                                make()))
                .isInstanceOf(EnvironmentException.class);
        assertThat(said).containsExactly("given back");
    }

    @Test
    void givesItBackWhenItIsToldToEnd() {
        assertThatThrownBy(() ->
                        get(
                                _ -> {
                                    throw new InterruptedException();
                                },
                                make()))
                .isInstanceOf(InterruptedException.class);
        assertThat(said).containsExactly("given back");
    }

    @Test
    void worksWithItsOwnWhenTheServerDoesNotTakeIt() throws Exception {
        server.broken = Optional.of(new IOException("the line is cut"));

        quick(make());

        assertThat(said).startsWith("made").endsWith("given back");
        assertThat(log).content().contains("not sent to the server: the line is cut");
    }

    @Test
    void saysThatNobodyCanPackIt() throws Exception {
        server.broken = Optional.of(new FetchException("too many files"));

        quick(make());

        assertThat(said).endsWith("unpackable");
    }

    @Test
    void makesItsOwnWhenItIsAlone() throws Exception {
        quick(new EnvironmentTurn.Alone("the disk is full"));

        assertThat(said).containsExactly("made");
        assertThat(log)
                .content()
                .startsWith("windrow: each instance makes its own: the disk is full\n");
    }

    @Test
    void makesItsOwnWhenItIsAnotherArchive() throws Exception {
        quick(make());
        anotherMachine();

        quick(new EnvironmentTurn.Fetch("0".repeat(64), 1));

        assertThat(said).endsWith("sent", "made");
        assertThat(log).content().contains("is of no use: environment: an archive of SHA-256");
    }

    @Test
    void makesItsOwnWhenTheArchiveHoldsSomethingElse() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("odd"));
        Files.writeString(odd.resolve("file"), "x");
        try (OutputStream out = Files.newOutputStream(server.archive())) {
            PackedFolder.pack(odd, ArchiveBounds.ENVIRONMENT, out);
        }
        quick(server.fetch());

        assertThat(said).containsExactly("fetched", "made");
        assertThat(log).content().contains("[odd] (expected: one folder, called build-\u2026)");
    }

    @Test
    void makesItsOwnWhenItsPythonIsAnother() throws Exception {
        quick(make());
        anotherMachine();

        // Its python is no Python at all.
        quick(server.fetch());

        assertThat(said).containsExactly("made", "sent", "fetched", "made");
        assertThat(log).content().contains("is of no use: python: ");
    }

    @Test
    void makesItsOwnWhenItDoesNotComeThreeTimes() throws Exception {
        quick(make());
        EnvironmentTurn fetch = server.fetch();
        anotherMachine();
        server.broken = Optional.of(new IOException("the line is cut"));

        quick(fetch, fetch, fetch);

        assertThat(said).endsWith("made");
        assertThat(turns).isEmpty();
    }

    @Test
    void endsWhenTheJobHas() {
        assertThatThrownBy(() -> quick(new EnvironmentTurn.Wait(0)))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing more to say");
    }
}
