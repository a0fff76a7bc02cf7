package dev.windrow.worker.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windrow.protocol.transfer.FoundFile;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.protocol.wire.FoundFiles;
import dev.windrow.protocol.wire.MessageText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeTest {

    private static final String ODD = "é \"%2F+#&?\n.txt";

    @TempDir Path folder;

    private Path root = Path.of("/");

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(folder.resolve("volume"));
        write("out/b/2.txt", "second");
        write("out/a.txt", "first");
        write("out/" + ODD, "odd");
        write("other/secret.txt", "secret");
        Files.createDirectories(folder.resolve("outer/kept"));
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.createSymbolicLink(root.resolve("out/link"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("way"), folder);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Reply answer(TransferOrder order) {
        return new Volume(root).answer(order);
    }

    private List<FoundFile> files(TransferOrder order) throws IOException {
        try (Reply reply = answer(order)) {
            assertThat(reply.result()).isEqualTo(TransferResult.DONE);
            return MessageText.read(new FoundFiles(), reply.body().readAllBytes()).orElseThrow();
        }
    }

    private static String text(Reply reply) throws IOException {
        return new String(reply.body().readNBytes((int) reply.length()), StandardCharsets.UTF_8);
    }

    @Test
    void listsOrdinaryFilesOfAPlacePageByPage() throws IOException {
        assertThat(files(new TransferOrder.ListFiles("out", "", 2)))
                .extracting(FoundFile::path)
                .containsExactly("a.txt", "b/2.txt");
        assertThat(files(new TransferOrder.ListFiles("out", "b/2.txt", 2)))
                .extracting(FoundFile::path, FoundFile::bytes)
                .containsExactly(tuple(ODD, 3L));
        assertThat(files(new TransferOrder.ListFiles("none/there", "", 2))).isEmpty();
    }

    @Test
    void findsAndReadsAFileWhateverItsName() throws IOException {
        assertThat(files(new TransferOrder.FindFile("out", ODD)))
                .extracting(FoundFile::bytes)
                .containsExactly(3L);
        try (Reply reply = answer(new TransferOrder.ReadBytes("out", "b/2.txt", 2, 3))) {
            assertThat(text(reply)).isEqualTo("con");
        }
        try (Reply reply = answer(new TransferOrder.ReadBytes("out/a.txt", "a.txt", 0, 5))) {
            assertThat(text(reply)).isEqualTo("first");
        }
    }

    @Test
    void givesNothingOfWhatIsOutside() throws IOException {
        for (TransferOrder order :
                List.of(
                        new TransferOrder.FindFile("out", "../other/secret.txt"),
                        new TransferOrder.FindFile("out", "link"),
                        new TransferOrder.FindFile("out", "none"))) {
            try (Reply reply = answer(order)) {
                assertThat(reply.result()).as("%s", order).isEqualTo(TransferResult.MISSING);
            }
        }
        for (TransferOrder order :
                List.of(
                        new TransferOrder.ListFiles("..", "", 1),
                        new TransferOrder.ListFiles("way", "", 1),
                        new TransferOrder.RemoveFolder("way/outer/kept"),
                        new TransferOrder.RemoveFolder("out"))) {
            try (Reply reply = answer(order)) {
                assertThat(reply.result()).as("%s", order).isEqualTo(TransferResult.FAILED);
            }
        }
        assertThat(folder.resolve("outer/kept")).exists();
        assertThat(folder.resolve("outside.txt")).exists();
        assertThat(root.resolve("other/secret.txt")).exists();
    }

    @Test
    void tellsOfAFileThatHasBecomeShorter() throws IOException {
        try (Reply reply = answer(new TransferOrder.ReadBytes("out", "a.txt", 0, 6))) {
            assertThat(reply.result()).isEqualTo(TransferResult.FAILED);
            assertThat(text(reply)).contains("shorter than it was");
        }
    }

    @Test
    void removesAFolderAndTheOneAroundItWhenItIsTheLast() throws IOException {
        write(".windrow/one/rows", "rows");
        write(".windrow/two/rows", "rows");
        answer(new TransferOrder.RemoveFolder(".windrow/one")).close();
        assertThat(root.resolve(".windrow/one")).doesNotExist();
        assertThat(root.resolve(".windrow/two/rows")).exists();
        answer(new TransferOrder.RemoveFolder(".windrow/two")).close();
        assertThat(root.resolve(".windrow")).doesNotExist();
        try (Reply reply = answer(new TransferOrder.RemoveFolder(".windrow/two"))) {
            assertThat(reply.result()).isEqualTo(TransferResult.DONE);
        }
    }
}
