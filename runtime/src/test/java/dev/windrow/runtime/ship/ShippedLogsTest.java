package dev.windrow.runtime.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShippedLogsTest {

    private static final String MAIN = "sys/node/3/_main.txt";

    @TempDir Path folder;

    private Path logs;
    private AgentTree tree;
    private final ShippedLogs shipped = new ShippedLogs(LogBounds.USUAL);

    @BeforeEach
    void setUp() throws IOException {
        logs = folder.resolve("logs");
        Files.createDirectories(logs.resolve("sys/node/3"));
        tree = new AgentTree(logs, Instant.EPOCH, 3);
    }

    private static LogPiece piece(String file, long offset, String text) {
        return piece(file, offset, text, 0);
    }

    private static LogPiece piece(String file, long offset, String text, long turn) {
        return new LogPiece(file, offset, text.getBytes(StandardCharsets.UTF_8), turn);
    }

    private long take(String file, long offset, String text) {
        return shipped.take(tree, piece(file, offset, text));
    }

    @Test
    void aFileEndsAfterThePieceThatCameLast() {
        assertThat(take(MAIN, 0, "one\n")).isEqualTo(4);
        assertThat(take(MAIN, 4, "two\n")).isEqualTo(8);
        assertThat(take(MAIN, 4, "two\n")).isEqualTo(8);
        assertThat(logs.resolve(MAIN)).hasContent("one\ntwo\n");
        assertThat(take(MAIN, 2, "")).isEqualTo(2);
        assertThat(logs.resolve(MAIN)).hasContent("on");
        assertThat(take("user/stdout/3/process000.stdout.txt", 0, "")).isZero();
        assertThat(logs.resolve("user/stdout/3/process000.stdout.txt")).isEmptyFile();
    }

    @Test
    void nothingIsWrittenBehindAGap() {
        assertThat(take(MAIN, 1, "one\n")).isZero();
        assertThat(logs.resolve(MAIN)).doesNotExist();
        take(MAIN, 0, "one\n");
        assertThat(take(MAIN, 5, "two\n")).isEqualTo(4);
        assertThat(logs.resolve(MAIN)).hasContent("one\n");
    }

    @Test
    void whatWasHeldUpOnItsWayChangesNothing() {
        shipped.take(tree, piece(MAIN, 0, "one\n", 1));
        shipped.take(tree, piece(MAIN, 0, "another\n", 3));
        assertThat(shipped.take(tree, piece(MAIN, 0, "one\n", 2))).isEqualTo(8);
        assertThat(logs.resolve(MAIN)).hasContent("another\n");
        assertThat(new ShippedLogs(LogBounds.USUAL).take(tree, piece(MAIN, 8, "more\n", 2)))
                .isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "_main.txt",
                "sys/node/3",
                "sys/node/3/",
                "sys/node/3//a",
                "/sys/node/3/a",
                "sys/node/03/a",
                "sys/node/4/a",
                "sys/node/33/a",
                "sys/perf/4/a",
                "sys/master/3/a",
                "user/stdout/4/a",
                "user/3/a",
                "user/3/3",
                "users/stdout/3/a",
                "job_result.txt",
                "sys/node/3/../4/a",
                "sys/node/3/./a",
                "sys/node/3/..",
                "../../sys/node/3/a",
                "user/../3/a",
                "user/./3/a",
                "user//3/a",
                "user/..\\../3/a",
                "sys/node/3/a\u0000b",
                "sys/node/3/a\nb",
                "sys/node/3/a\u007fb",
                "sys/node/3/\ud800",
                "sys/node/3/1/2/3/4/5/6/7/8/9/10/a"
            })
    void writesToNothingButTheAgentsOwn(String file) {
        assertThatThrownBy(() -> take(file, 0, "x"))
                .isInstanceOf(LogRefusal.class)
                .hasMessageStartingWith("file: " + file);
        assertThat(logs.resolve("sys/node/3")).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**a");
    }

    @Test
    void longNamesAreRefused() {
        assertThatThrownBy(() -> take("sys/node/3/" + "a".repeat(201), 0, "x"))
                .isInstanceOf(LogRefusal.class);
        assertThatThrownBy(() -> take("sys/node/3/" + "ü".repeat(101), 0, "x"))
                .isInstanceOf(LogRefusal.class);
        String deep = "sys/node/3" + ("/" + "a".repeat(150)).repeat(7);
        assertThatThrownBy(() -> take(deep, 0, "x")).isInstanceOf(LogRefusal.class);
        assertThat(take("sys/node/3/" + "a".repeat(200), 0, "x")).isOne();
    }

    @Test
    void neverFollowsALink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(logs.resolve("sys/node/3/link.txt"), secret);
        Files.createSymbolicLink(logs.resolve("sys/node/3/folder"), outside);
        Files.createSymbolicLink(logs.resolve("user"), outside);
        for (String file :
                new String[] {
                    "sys/node/3/link.txt", "sys/node/3/folder/made", "user/stdout/3/made"
                }) {
            assertThatThrownBy(() -> take(file, 0, "x")).isInstanceOf(LogRefusal.class);
        }
        assertThat(secret).hasContent("secret");
        assertThat(outside).isDirectoryNotContaining("glob:**made");
        take("sys/node/3/plain", 0, "x");
        assertThatThrownBy(() -> take("sys/node/3/plain/deeper", 0, "x"))
                .isInstanceOf(LogRefusal.class);
        Files.createDirectory(logs.resolve("sys/node/3/kept"));
        assertThatThrownBy(() -> take("sys/node/3/kept", 0, "x")).isInstanceOf(LogRefusal.class);
    }

    @Test
    void keepsItsBoundsAlsoAfterARestart() {
        LogBounds narrow = new LogBounds(10, 25, 3);
        ShippedLogs first = new ShippedLogs(narrow);
        assertThat(first.take(tree, piece(MAIN, 0, "0123456789"))).isEqualTo(10);
        assertThatThrownBy(() -> first.take(tree, piece(MAIN, 10, "x")))
                .hasMessage("offset: 10 (expected: with 1 bytes of body within 10 of a file)");
        first.take(tree, piece("user/log/3/a", 0, "0123456789"));
        first.take(tree, piece("sys/perf/3/a", 0, "01234"));
        ShippedLogs second = new ShippedLogs(narrow);
        assertThatThrownBy(() -> second.take(tree, piece("sys/perf/3/a", 5, "x")))
                .hasMessage("body: 1 bytes more than 25 (expected: at most 25 bytes of one agent)");
        assertThatThrownBy(() -> second.take(tree, piece("sys/perf/3/b", 0, "")))
                .hasMessage("file: one more than 3 (expected: at most 3 files)");
        assertThat(second.take(tree, piece(MAIN, 0, "01"))).isEqualTo(2);
        assertThat(second.take(tree, piece("sys/perf/3/a", 5, "x"))).isEqualTo(6);
    }

    @Test
    void aJobThatIsGoneIsNotMadeAgain() {
        AgentTree gone = new AgentTree(folder.resolve("removed/logs"), Instant.EPOCH, 3);
        assertThat(gone.isMembers()).isFalse();
        assertThat(shipped.take(gone, piece(MAIN, 0, "x"))).isZero();
        assertThat(folder.resolve("removed")).doesNotExist();
        assertThat(tree.isMembers()).isTrue();
        assertThat(new AgentTree(logs, Instant.EPOCH, 4).isMembers()).isFalse();
    }
}
