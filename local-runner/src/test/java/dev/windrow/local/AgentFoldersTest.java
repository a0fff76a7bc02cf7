package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.local.AgentFolders.Own;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of agents, and what killed ones have left. */
final class AgentFoldersTest {

    /** An agent as far as its lock goes, with a worker. */
    private static final String AGENT =
            """
            import fcntl, subprocess, sys
            lock = open(sys.argv[1] + "/lock", "w")
            fcntl.lockf(lock, fcntl.LOCK_EX)
            print("held", flush=True)
            sys.stdin.read()
            """;

    @TempDir Path folder;

    private final List<String> said = new ArrayList<>();

    private AgentFolders folders() {
        return new AgentFolders(folder.resolve("agents"));
    }

    private Path left(String name) throws Exception {
        Path left = Files.createDirectories(folder.resolve("agents").resolve(name));
        Files.createDirectories(left.resolve("code/src"));
        Files.writeString(left.resolve("code/src/entry.py"), "x");
        return left;
    }

    private Process agent(Path its) throws Exception {
        Process agent = new ProcessBuilder("python3", "-c", AGENT, its.toString()).start();
        BufferedReader told = agent.inputReader();
        assertThat(told.readLine()).isEqualTo("held");
        return agent;
    }

    @Test
    void removesWhatAKilledAgentHasLeftAndNothingOfALivingOne() throws Exception {
        Path dead = left("nightly-1");
        Path living = left("nightly-2");
        agent(dead).destroyForcibly().waitFor();
        Process agent = agent(living);
        try {
            folders().sweep(said::add);
            assertThat(dead).doesNotExist();
            assertThat(living.resolve("code/src/entry.py")).exists();
            assertThat(said)
                    .containsExactly("removed %s, which a killed agent had left".formatted(dead));
            assertThat(folder.resolve("agents").toFile().list()).containsExactly("nightly-2");
        } finally {
            agent.destroyForcibly().waitFor();
        }
    }

    @Test
    void goesOnWithWhatWasBegunToBeRemoved() throws Exception {
        left(".gone-17/it");
        folders().sweep(said::add);
        assertThat(folder.resolve("agents")).isEmptyDirectory();
        assertThat(said).isEmpty();
    }

    @Test
    void leavesWhatWasKeptOnPurpose() throws Exception {
        Own own = folders().make("nightly-1");
        own.keep();
        folders().sweep(said::add);
        assertThat(own.folder()).exists();
        assertThat(said).isEmpty();
    }

    @Test
    void findsNothingWhereNobodyWorked() {
        folders().sweep(said::add);
        assertThat(said).isEmpty();
        assertThat(folder.resolve("agents")).doesNotExist();
    }

    @Test
    void makesAnotherWhereOneIsKept() throws Exception {
        folders().make("nightly-1").keep();
        Own second = folders().make("nightly-1");
        assertThat(second.folder()).hasFileName("nightly-1-2");
        second.remove();
        assertThat(second.folder()).doesNotExist();
    }
}
