package dev.windrow.worker.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.disk.FileMark;
import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher leaves beside the target. */
final class PublishRunTest {

    private static final Token TOKEN = new Token(1, 7);

    @TempDir private Path folder;
    private PublishTarget target;
    private final List<AgentMessage> said = new ArrayList<>();

    @BeforeEach
    void makeASegment() throws IOException {
        Path segments = Files.createDirectories(folder.resolve("segments"));
        Files.writeString(segments.resolve("s0"), "one\ntwo\n");
        Path out = Files.createDirectories(folder.resolve("out"));
        target = new PublishTarget(out.resolve("rows.txt"), "nightly", segments, false);
    }

    private void publish(boolean partial) {
        List<PublishRun> runs = new ArrayList<>();
        AgentLink link =
                message -> {
                    if (message instanceof AgentMessage.NextRanges) {
                        List<RowSpan> rows = List.of(new RowSpan("s0", 0, 8, 0));
                        runs.getFirst().page(new Ranges(TOKEN, 0, rows, -1));
                    } else {
                        said.add(message);
                    }
                };
        runs.add(new PublishRun(target, new Publish(TOKEN, partial), link, () -> {}));
        runs.getFirst().run();
    }

    private static AgentMessage published(Path file) throws IOException {
        return new AgentMessage.Published(TOKEN, FileMark.of(file).text());
    }

    @Test
    void rowsThatWereKeptAsideGoWhenTheWholeIsThere() throws IOException {
        publish(true);
        assertThat(target.partial()).hasContent("one\ntwo\n");
        assertThat(target.file()).doesNotExist();
        AgentMessage partial = published(target.partial());
        Files.writeString(target.file().resolveSibling("rows.txt.partial-other"), "another job's");

        publish(false);

        assertThat(target.file()).hasContent("one\ntwo\n");
        assertThat(target.partial()).doesNotExist();
        assertThat(target.file().resolveSibling("rows.txt.partial-other")).exists();
        assertThat(said).containsExactly(partial, published(target.file()));
    }

    @Test
    void aRepeatIsHarmless() {
        publish(false);
        publish(false);
        assertThat(target.file()).hasContent("one\ntwo\n");
        assertThat(said).hasSize(2);
    }

    @Test
    void whatCannotBeRemovedIsToldAndSpoilsNothing() throws IOException {
        Files.createDirectories(target.partial().resolve("in the way"));

        publish(false);

        assertThat(target.file()).hasContent("one\ntwo\n");
        assertThat(said).hasSize(2).last().isEqualTo(published(target.file()));
        assertThat(said.getFirst())
                .isInstanceOfSatisfying(
                        AgentMessage.Note.class,
                        note ->
                                assertThat(note.text())
                                        .startsWith(
                                                "partial rows of before stay at "
                                                        + target.partial()));
    }

    @Test
    void rowsThatAreKeptAsideStayWhenTheWholeCannotBeWritten() throws IOException {
        publish(true);
        Files.createDirectories(target.file().resolve("in the way"));
        said.clear();

        publish(false);

        assertThat(target.partial()).hasContent("one\ntwo\n");
        assertThat(said).hasSize(1).first().isInstanceOf(AgentMessage.PublishFailed.class);
    }
}
