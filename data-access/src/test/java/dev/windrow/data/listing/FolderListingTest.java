package dev.windrow.data.listing;

import static dev.windrow.data.TestTree.latin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.TestTree;
import dev.windrow.data.listing.ListingNotice.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderListingTest {
    private final List<ListingNotice> notices = new ArrayList<>();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void ordersARandomTreeByTheBytesOfWholePaths(long seed) {
        TestTree tree = TestTree.random(folder, seed);

        assertThat(list()).isEqualTo(latin(tree.files().iterator()));
        assertThat(notices).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void goesOnAfterAnyFile(long seed) {
        List<byte[]> files = TestTree.random(folder, seed).files();
        for (int i = 0; i < files.size(); i++) {
            assertThat(listAfter(files.get(i)))
                    .as(latin(files.get(i)))
                    .isEqualTo(latin(files.subList(i + 1, files.size()).iterator()));
        }
    }

    @Test
    void goesOnAfterAFileThatIsGone() {
        List.of("a/x", "a-", "a0", "b/c/d", "b/c/f", "b/d", "c").forEach(this::make);

        assertThat(listAfter("a/y".getBytes(UTF_8)))
                .containsExactly("a0", "b/c/d", "b/c/f", "b/d", "c");
        assertThat(listAfter("b/c/e".getBytes(UTF_8))).containsExactly("b/c/f", "b/d", "c");
        assertThat(listAfter("b/c/".getBytes(UTF_8))).containsExactly("b/c/d", "b/c/f", "b/d", "c");
        assertThat(listAfter("z".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void readsNoFolderThatLiesBeforeTheCursor() throws Exception {
        make("a/x");
        make("b/x");
        FileCursor cursor = FolderListing.of(folder).openAfter("a0".getBytes(UTF_8), notices::add);
        Files.delete(folder.resolve("a/x"));
        Files.delete(folder.resolve("a"));

        assertThat(latin(cursor)).containsExactly("b/x");
        assertThat(notices).isEmpty();
    }

    @Test
    void keepsNamesThatJavaTextCannotHold() throws Exception {
        TestTree.run(
                folder,
                "python3",
                "-c",
                "import os\nfor n in [b'\\xff\\xfe', b'a\\nb', b\"q'\\\"\", b'\\xc3\\xbc', b'sp ace']: open(n, 'wb').close()");

        assertThat(list())
                .containsExactly("a\nb", "q'\"", "sp ace", "\u00c3\u00bc", "\u00ff\u00fe");
    }

    @Test
    void followsLinksToFilesAndFolders() throws Exception {
        make("real/one");
        Files.createSymbolicLink(folder.resolve("file-link"), folder.resolve("real/one"));
        Files.createSymbolicLink(folder.resolve("folder-link"), folder.resolve("real"));

        assertThat(list()).containsExactly("file-link", "folder-link/one", "real/one");
    }

    @Test
    void leavesOutLinksThatLeadBack() throws Exception {
        make("a/b/file");
        Files.createSymbolicLink(folder.resolve("a/b/up"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a/b/here"), folder.resolve("a/b"));
        Files.createSymbolicLink(folder.resolve("self"), folder.resolve("self"));

        assertThat(list()).containsExactly("a/b/file");
        assertThat(notices)
                .extracting(ListingNotice::reason)
                .containsOnly(Reason.LINK_LOOP)
                .hasSize(3);
    }

    @Test
    void leavesOutPipesAndLinksToNothingWithANotice() throws Exception {
        make("file");
        TestTree.run(folder, "mkfifo", "pipe");
        Files.createSymbolicLink(folder.resolve("nothing"), folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("to-pipe"), folder.resolve("pipe"));

        assertThat(list()).containsExactly("file");
        assertThat(notices)
                .containsExactlyInAnyOrder(
                        new ListingNotice(folder + "/pipe", Reason.SPECIAL_FILE),
                        new ListingNotice(folder + "/nothing", Reason.DANGLING_LINK),
                        new ListingNotice(folder + "/to-pipe", Reason.SPECIAL_FILE));
    }

    @Test
    void tellsOfAFolderThatVanishesMeanwhile() throws Exception {
        make("a/x");
        make("b/x");
        FileCursor cursor = FolderListing.of(folder).open(notices::add);
        Files.delete(folder.resolve("a/x"));
        Files.delete(folder.resolve("a"));

        assertThat(latin(cursor)).containsExactly("b/x");
        assertThat(notices).containsExactly(new ListingNotice(folder + "/a", Reason.VANISHED));
    }

    @Test
    void namesTheFolderThatIsMissingOrAFile() {
        make("file");

        assertThatThrownBy(() -> FolderListing.of(folder.resolve("no")))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.INPUT_MISSING))
                .hasMessage("input folder: " + folder + "/no (expected: a folder that exists)");
        assertThatThrownBy(() -> FolderListing.of(folder.resolve("file")))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.INPUT_WRONG_KIND));
    }

    @Test
    void namesTheFolderThatMayNotBeRead() throws Exception {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
        make("a/x");
        Files.setPosixFilePermissions(
                folder.resolve("a"), PosixFilePermissions.fromString("-wx------"));
        try {
            assertThatThrownBy(this::list)
                    .isInstanceOfSatisfying(
                            DataException.class,
                            e -> assertThat(e.code()).isEqualTo(DataError.INPUT_UNREADABLE))
                    .hasMessageContaining(folder + "/a");
        } finally {
            Files.setPosixFilePermissions(
                    folder.resolve("a"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void make(String relative) {
        TestTree.file(folder.resolve(relative));
    }

    private List<String> list() {
        return latin(FolderListing.of(folder).open(notices::add));
    }

    private List<String> listAfter(byte[] last) {
        return latin(FolderListing.of(folder).openAfter(last, notices::add));
    }
}
