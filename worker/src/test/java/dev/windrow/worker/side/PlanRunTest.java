package dev.windrow.worker.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.disk.FileMark;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.AgentMessage.PlanFailed;
import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planner of a retry that takes old rows along first. */
final class PlanRunTest {

    private static final Token TOKEN = new Token(2, 9);
    private static final int STORED = 3;

    @TempDir private Path folder;
    private Path file;
    private Path segment;
    private OldRows old;
    private final List<AgentMessage> said = new ArrayList<>();
    private int ended;

    @BeforeEach
    void publishOldRows() throws IOException {
        file = Files.writeString(folder.resolve("rows.txt"), "one\ntwo\n");
        segment = Files.createDirectory(folder.resolve("segments")).resolve("old");
        old = rows(true);
        Path input = Files.createDirectory(folder.resolve("in"));
        Files.writeString(input.resolve("a"), "a");
        Files.writeString(input.resolve("b"), "b");
    }

    private OldRows rows(boolean planned) throws IOException {
        return new OldRows(file, FileMark.of(file), segment, "the old file", planned);
    }

    private PlanRun run() {
        PlanSource source =
                new PlanSource(PlanSource.Kind.FOLDER, folder.resolve("in"), 1, Optional.of(old));
        MakePlan order = new MakePlan(TOKEN, new byte[0], STORED, 0);
        return new PlanRun(source, order, said::add, () -> ended++);
    }

    private void fails(String why) {
        run().run();
        assertThat(said).containsExactly(new PlanFailed(TOKEN, Trouble.INPUT_UNREADABLE, why));
        assertThat(ended).isEqualTo(1);
        assertThat(folder.resolve("segments")).isEmptyDirectory();
    }

    @Test
    void takesThemAlongAndListsNothingWhenThePlanWasComplete() {
        run().run();
        assertThat(said).containsExactly(new AgentMessage.Planned(TOKEN, STORED));
        assertThat(segment).hasContent("one\ntwo\n");
        assertThat(segment.getParent()).isDirectoryContaining(one -> one.equals(segment));
    }

    @Test
    void listsWhatTheOldJobDidNotOnceItHasThem() throws IOException {
        old = rows(false);
        run().run();
        assertThat(said)
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(
                        AgentMessage.PlanChunk.class,
                        chunk -> assertThat(chunk.itemCounts()).containsExactly(1, 1));
        assertThat(said.getLast()).isEqualTo(new AgentMessage.Planned(TOKEN, STORED + 1));
        assertThat(segment).hasContent("one\ntwo\n");
    }

    @Test
    void asksNoMoreForTheOldFileOnceItHasThem() throws IOException {
        run().run();
        Files.delete(file);
        run().run();
        assertThat(said).hasSize(2).containsOnly(new AgentMessage.Planned(TOKEN, STORED));
        assertThat(segment).hasContent("one\ntwo\n");
    }

    @Test
    void takesThemAnewWhenTheyAreNotWhole() throws IOException {
        Files.writeString(segment, "one");
        Path killed = Files.writeString(segment.resolveSibling("old.new-1_1"), "one\nt");
        Path other = Files.writeString(segment.resolveSibling("e1-i0-w0.rows"), "row");
        run().run();
        assertThat(segment).hasContent("one\ntwo\n");
        assertThat(killed).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void saysThatTheOldFileIsGone() throws IOException {
        Files.delete(file);
        fails("old rows: the old file is gone (expected: the file as its job wrote it)");
    }

    @Test
    void saysThatTheOldFileHasChanged() throws IOException {
        Files.writeString(file, "one\ntwo\nthree\n");
        fails(
                "old rows: the old file has changed since its job wrote it (expected: the file as its job wrote it)");
    }

    @Test
    void saysNothingOnceItIsStopped() {
        PlanRun run = run();
        run.stop();
        run.run();
        assertThat(said).isEmpty();
        assertThat(ended).isEqualTo(1);
        assertThat(folder.resolve("segments")).isEmptyDirectory();
    }
}
