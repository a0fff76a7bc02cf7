package dev.windrow.spec.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    @TempDir Path folder;

    private static ManifestEntry entry(String path) {
        return new ManifestEntry(path, 7, path.length() % 2 == 0, SHA);
    }

    private static List<ManifestEntry> read(byte[] bytes) throws IOException {
        List<ManifestEntry> entries = new ArrayList<>();
        try (ManifestReader reader = new ManifestReader(new ByteArrayInputStream(bytes))) {
            for (Optional<ManifestEntry> one = reader.next();
                    one.isPresent();
                    one = reader.next()) {
                entries.add(one.get());
            }
        }
        return entries;
    }

    private static List<ManifestEntry> read(String... lines) throws IOException {
        return read((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String path) {
        return SHA + " 7 - " + path;
    }

    @Test
    void theSameFilesGiveTheSameDigestInWhateverOrderTheyCome() throws IOException {
        List<ManifestEntry> entries = new ArrayList<>();
        for (String path : List.of("a", "a!b", "a.b/c", "b/c/d", "b/c!", "é", "z/🙂", "Z")) {
            entries.add(entry(path));
        }
        String first = ManifestWriter.write(entries, folder.resolve("1"));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(entries, new Random(seed));
            Path file = folder.resolve("2");
            assertThat(ManifestWriter.write(entries, file)).isEqualTo(first);
            Files.delete(file);
        }
        assertThat(read(Files.readAllBytes(folder.resolve("1"))))
                .containsExactlyInAnyOrderElementsOf(entries);
        assertThat(ContentRef.isDigest(first)).isTrue();
    }

    @Test
    void anEmptyFolderHasAManifestToo() throws IOException {
        ManifestWriter.write(List.of(), folder.resolve("1"));
        assertThat(read(Files.readAllBytes(folder.resolve("1")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../x",
                "a/../b",
                "a//b",
                "a/",
                "./a",
                "a/.",
                "..",
                "a\\b",
                "a\u0000b",
                "a\tb",
                "a\rb",
                "\uFFFD"
            })
    void refusesPathsThatAreNoPlainRelativeOnes(String path) {
        assertThatThrownBy(() -> read("windrow-folder 1", line(path)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("manifest: line 2 (expected: ");
        assertThatThrownBy(() -> entry(path)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ContentRef.parse(ContentRef.PREFIX + SHA + "/" + path)).isEmpty();
    }

    @Test
    void refusesPathsThatAreTooLongOrTooDeep() {
        assertThatThrownBy(() -> entry("a".repeat(256))).hasMessageContaining("255 bytes");
        assertThatThrownBy(() -> entry("a/".repeat(64) + "a")).hasMessageContaining("64 names");
        assertThatThrownBy(() -> entry(("a".repeat(200) + "/").repeat(6) + "a"))
                .hasMessageContaining("1024 bytes");
        assertThatThrownBy(() -> read("windrow-folder 1", line("a".repeat(100_000))))
                .isInstanceOf(ManifestException.class);
    }

    @Test
    void refusesOnePathTwiceAndAFileThatIsAFolderToo() {
        assertThatThrownBy(() -> read("windrow-folder 1", line("a"), line("a")))
                .hasMessageContaining("line 3 (expected: paths in order, none of them twice)");
        assertThatThrownBy(() -> read("windrow-folder 1", line("b"), line("a")))
                .hasMessageContaining("in order");
        assertThatThrownBy(() -> read("windrow-folder 1", line("a"), line("a/b")))
                .hasMessageContaining("no file that is also a folder");
        assertThatThrownBy(() -> read("windrow-folder 1", line("a"), line("a!x"), line("a/b")))
                .hasMessageContaining("in order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "windrow-folder 2\n",
                "windrow-folder 1",
                "PK\u0003\u0004",
                "windrow-folder 1\n\n",
                "windrow-folder 1\nabc 7 - a\n"
            })
    void refusesWhatIsNoManifest(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ManifestException.class);
    }

    @Test
    void refusesSizesThatAreNone() {
        for (String size : List.of("-1", "01", "+1", "1e3", "9".repeat(30), "")) {
            assertThatThrownBy(() -> read("windrow-folder 1", SHA + " " + size + " - a"))
                    .isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void referencesReadBackAsTheyAreWritten() {
        ContentRef folderRef = new ContentRef(SHA, "");
        ContentRef file = new ContentRef(SHA, "a b/c.csv");
        assertThat(ContentRef.parse(folderRef.toString())).contains(folderRef);
        assertThat(ContentRef.parse(file.toString())).contains(file);
        assertThat(ContentRef.parse("content:sha256:" + "A".repeat(64))).isEmpty();
        assertThat(ContentRef.parse("./content")).isEmpty();
        assertThat(ContentRef.claims("content:sha256:nonsense")).isTrue();
    }
}
