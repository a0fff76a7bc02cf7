package dev.windrow.data.mltable;

import static dev.windrow.data.TestTree.latin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.TestTree;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.ListingNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MlTableTest {
    private final List<ListingNotice> notices = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @TempDir Path temp;

    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        folder = Files.createDirectory(temp.resolve("table"));
        List.of("b.jpg", "a.jpg", "x/1.jpg", "x/2.png", "x/y/3.jpg", "x-y", "ü ö.jpg")
                .forEach(name -> TestTree.file(TestTree.below(folder, name.getBytes(UTF_8))));
        TestTree.file(temp.resolve("outside/o.jpg"));
    }

    @Test
    void listsFilesFoldersAndPatternsInOrder() throws IOException {
        FileListing listing =
                table(
                        """
                        $schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
                        type: mltable
                        paths:
                          - pattern: ./x/**/*.jpg
                          - file: ./b.jpg
                          - file: a.jpg
                          - folder: ./x/y/
                          - file: x-y
                        """);

        assertThat(list(listing)).containsExactly("a.jpg", "b.jpg", "x-y", "x/1.jpg", "x/y/3.jpg");
        assertThat(listing.root()).isEqualTo((folder + "/").getBytes(UTF_8));
        assertThat(notices)
                .containsExactly(
                        new ListingNotice(folder + "/x/y/3.jpg", ListingNotice.Reason.DUPLICATE));
        assertThat(warnings).isEmpty();
    }

    @Test
    void listsTheFilesOfAFolderThatIsCalledAFile() throws IOException {
        assertThat(list(table("paths:\n- file: ./x\n")))
                .containsExactly("x/1.jpg", "x/2.png", "x/y/3.jpg");
    }

    @Test
    void namesFromTheRootWhenSomethingLiesOutside() throws IOException {
        FileListing listing =
                table(
                        "paths: [{file: ../outside/o.jpg}, {file: 'file://%s/a.jpg'}, {file: %s/b.jpg}]"
                                .formatted(folder, folder));

        assertThat(listing.root()).isEqualTo("/".getBytes(UTF_8));
        assertThat(list(listing))
                .containsExactly(
                        relative(temp + "/outside/o.jpg"),
                        relative(folder + "/a.jpg"),
                        relative(folder + "/b.jpg"));
    }

    @Test
    void keepsNamesThatAreNotAscii() throws IOException {
        assertThat(list(table("paths:\n  - file: \"./ü ö.jpg\"\n")))
                .containsExactly(latin("ü ö.jpg".getBytes(UTF_8)));
        assertThat(list(table("paths:\n  - pattern: ü*\n"))).hasSize(1);
    }

    @Test
    void goesOnAfterAnyFile() throws IOException {
        FileListing listing =
                table(
                        "paths:\n- folder: x\n- pattern: '*.jpg'\n- file: x-y\n- folder: .\n- file: ../outside/o.jpg\n");
        List<byte[]> all = new ArrayList<>();
        listing.open(notices::add).forEachRemaining(all::add);
        assertThat(all).hasSize(9);
        for (int i = 0; i < all.size(); i++) {
            assertThat(latin(listing.openAfter(all.get(i), notices::add)))
                    .isEqualTo(latin(all.subList(i + 1, all.size()).iterator()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergesARandomTreeInTheOrderOfAFolder(long seed) throws IOException {
        Path tree = Files.createDirectory(temp.resolve("tree"));
        List<byte[]> files = TestTree.random(tree, seed).files();

        FileListing listing =
                table("paths:\n- pattern: ../tree/**\n- folder: ../tree\n- pattern: ../tree/*\n");

        String prefix = relative(tree + "/");
        assertThat(list(listing))
                .isEqualTo(files.stream().map(name -> prefix + latin(name)).toList());
    }

    @Test
    void refusesEveryReadingTransformationByName() {
        assertFault(
                DataError.NOT_SUPPORTED,
                """
                paths:
                  - file: ./a.jpg
                transformations:
                  - read_delimited:
                      delimiter: ','
                      header: all_files_same_headers
                  - read_parquet
                  - take: 5
                """,
                ":4:5: transformations: read_delimited (expected: no reading",
                ":7:5: transformations: read_parquet",
                ":8:5: transformations: take");
    }

    @Test
    void acceptsAnEmptyListOfTransformations() throws IOException {
        assertThat(list(table("paths: [{file: a.jpg}]\ntransformations: []\n")))
                .containsExactly("a.jpg");
        assertThat(list(table("paths: [{file: a.jpg}]\ntransformations:\n")))
                .containsExactly("a.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x/y.jpg",
                "wasbs://c@a/x",
                "abfss://c@a/x",
                "adl://a/x",
                "azureml://datastores/d/paths/x",
                "azureml:x:1"
            })
    void refusesRemotePathsByName(String uri) {
        assertFault(
                DataError.NOT_SUPPORTED,
                "paths:\n  - file: '" + uri + "'\n",
                ":2:11: file: " + uri);
    }

    @Test
    void tellsAllMistakesWithTheirPositions() {
        assertFault(
                DataError.MLTABLE_INVALID,
                """
                type: table
                paths:
                  - file: ./gone.jpg
                  - path: ./a.jpg
                  - ./a.jpg
                  - {file: a.jpg, folder: x}
                  - folder: a.jpg
                  - pattern: nowhere/*.jpg
                  - pattern: 'x/[ab'
                  - file: [a, b]
                  - file: ''
                type: mltable
                """,
                ":1:7: type: table (expected: mltable)",
                ":3:11: file: ./gone.jpg (expected: something that exists)",
                ":4:11: paths entry: path (expected: file, folder or pattern)",
                ":5:5: paths entry: ./a.jpg (expected: file: PATH",
                ":6:5: paths entry: 2 keys (expected: one of",
                ":7:13: folder: a.jpg (expected: a folder)",
                ":8:14: pattern: nowhere/*.jpg",
                ":9:14: pattern: x/[ab (expected: a ] for each [)",
                ":10:11: file: a list (expected: a path)",
                ":11:11: file: '' (expected: a path)",
                ":12:1: key: type (expected: each key once)");
    }

    @Test
    void tellsOnlyTheFirstTwentyMistakes() {
        String many = "paths:\n" + "  - file: gone\n".repeat(1_000);

        assertFault(DataError.INPUT_MISSING, many, ":21:11: file: gone", "… and 980 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paths: [",
                "a: b: c",
                "\t- x",
                "paths: {",
                "- paths",
                "",
                "paths: &a [*a]",
                "%",
                "\"",
                "paths:\n - *x"
            })
    void refusesTextThatIsNotAnMlTable(String text) {
        assertFault(DataError.MLTABLE_INVALID, text, folder + "/MLTable:");
    }

    @Test
    void neverFailsOtherwiseOnBrokenBytes() throws IOException {
        Random random = new Random(3);
        byte[] good =
                "type: mltable\npaths:\n  - file: ./a.jpg\n  - {pattern: 'x/*'}\ntraits: [a, {b: c}]\n"
                        .getBytes(UTF_8);
        for (int round = 0; round < 3_000; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("MLTable"), bad);
            try {
                MlTable.read(folder, warnings::add);
            } catch (DataException e) {
                assertThat(e.getMessage()).contains("MLTable:");
            }
        }
    }

    @Test
    void warnsOfKeysThatMeanNothing() throws IOException {
        table("paths: [{file: a.jpg}]\npathz: {a: [1, 2]}\nmetadata: {x: 1}\n");

        assertThat(warnings).containsExactly("MLTable:2:1: key 'pathz' means nothing here");
    }

    @Test
    void readsAListThatIsLongerThanTheLibraryWouldRead() throws IOException {
        String line = "  - file: ./a.jpg # " + "comment ".repeat(20) + "\n";
        List<String> names = IntStream.range(0, 40_000).mapToObj(i -> line).toList();

        FileListing listing = table("paths:\n" + String.join("", names));

        assertThat(Files.size(folder.resolve("MLTable"))).isGreaterThan(5 << 20);
        assertThat(list(listing)).containsExactly("a.jpg");
        assertThat(notices).hasSize(39_999);
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> MlTable.read(folder.resolve("x"), warnings::add))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e -> assertThat(e.code()).isEqualTo(DataError.INPUT_MISSING))
                .hasMessageContaining("/x/MLTable");
    }

    private FileListing table(String yaml) throws IOException {
        Files.writeString(folder.resolve("MLTable"), yaml);
        return MlTable.read(folder, warnings::add);
    }

    private List<String> list(FileListing listing) {
        return latin(listing.open(notices::add));
    }

    private static String relative(String absolute) {
        return absolute.substring(1);
    }

    private void assertFault(DataError code, String yaml, String... parts) {
        assertThatThrownBy(() -> table(yaml))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }
}
