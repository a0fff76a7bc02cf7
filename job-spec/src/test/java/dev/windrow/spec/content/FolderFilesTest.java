package dev.windrow.spec.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.spec.content.FolderFiles.Choice;
import dev.windrow.spec.content.FolderFiles.FolderFile;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderFilesTest {

    private static final Choice UPLOAD = new Choice(false, true, true, 1_000, 1 << 20);
    private static final Choice CODE = new Choice(true, true, false, 1_000, 1 << 20);

    @TempDir Path folder;

    private void file(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, List.of(lines));
    }

    private List<String> listed(Choice choice) throws IOException {
        return FolderFiles.list(folder, choice).stream().map(FolderFile::path).toList();
    }

    /** The expected answers were recorded from git. */
    @Test
    void leavesOutWhatGitLeavesOut() throws IOException {
        List<String> cases;
        try (InputStream in = FolderFilesTest.class.getResourceAsStream("ignore-cases.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            cases = text.lines().toList();
        }
        List<String> paths = List.of(cases.get(1).split("\t", -1));
        for (String path : paths) {
            file(path);
        }
        for (String one : cases.subList(2, cases.size())) {
            String[] parts = one.split(" => ", -1);
            Files.writeString(folder.resolve(".gitignore"), lines(parts[0]));
            Files.writeString(folder.resolve("foo/.gitignore"), lines(parts[1]));
            BigInteger kept = new BigInteger(parts[2], 16);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                if (kept.testBit(i)) {
                    expected.add(paths.get(i));
                }
            }
            List<String> found = new ArrayList<>(listed(UPLOAD));
            found.removeIf(path -> path.endsWith(".gitignore"));
            assertThat(found).as(one).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String lines(String joined) {
        return joined.replace("<CR>", "\r").replace("\t", "\n") + "\n";
    }

    @Test
    void anAmlignoreAtTheRootCountsInsteadOfAllGitignores() throws IOException {
        file(".amlignore", "*.bin");
        file(".gitignore", "*.py");
        file("sub/.gitignore", "*.txt");
        file("sub/.amlignore", "b.dat");
        file("a.py");
        file("a.bin");
        file("sub/a.txt");
        file("sub/b.dat");
        assertThat(listed(UPLOAD))
                .containsExactly(
                        ".amlignore",
                        ".gitignore",
                        "a.py",
                        "sub/.amlignore",
                        "sub/.gitignore",
                        "sub/a.txt");
    }

    @Test
    void neverTakesGitsOwnFolderOrAVirtualEnvironment() throws IOException {
        file(".git/config");
        file(".venv/bin/python");
        file("deep/.git/config");
        file("deep/.venv/x");
        file("venv/x");
        file("__pycache__/x.pyc");
        file("a.py");
        file(".gitignore", "!.git", "!.venv");
        assertThat(listed(UPLOAD))
                .containsExactly(".gitignore", "__pycache__/x.pyc", "a.py", "venv/x");
        assertThat(listed(CODE)).containsExactly(".gitignore", "a.py");
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        file("real/a.txt", "1");
        Files.createSymbolicLink(folder.resolve("again"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("one.txt"), Path.of("real/a.txt"));
        assertThat(listed(UPLOAD)).containsExactly("again/a.txt", "one.txt", "real/a.txt");
    }

    @Test
    void refusesLinksThatLeadOutNowhereOrRoundAndRound(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret"), "x");
        Path link = folder.resolve("link");
        for (Path target :
                List.of(elsewhere.resolve("secret"), elsewhere, Path.of("nothing"), Path.of("."))) {
            Files.createSymbolicLink(link, target);
            assertThatThrownBy(() -> listed(UPLOAD))
                    .isInstanceOf(FolderException.class)
                    .hasMessageStartingWith("link: a symbolic link (expected: a link that ");
            Files.delete(link);
        }
        Files.createSymbolicLink(link, elsewhere.resolve("secret"));
        assertThat(listed(CODE)).containsExactly("link");
        Files.delete(link);
        Files.createSymbolicLink(link, elsewhere);
        assertThat(listed(CODE)).isEmpty();
    }

    @Test
    void refusesMoreThanItsBounds() throws IOException {
        file("a", "1");
        file("b", "1");
        assertThatThrownBy(() -> listed(new Choice(true, true, true, 1, 100)))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("at most 1 files");
        assertThatThrownBy(() -> listed(new Choice(true, true, true, 10, 3)))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("3 bytes");
    }
}
