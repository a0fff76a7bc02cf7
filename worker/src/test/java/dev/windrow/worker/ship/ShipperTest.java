package dev.windrow.worker.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files on both sides, and no threads: time passes when the test says so. */
final class ShipperTest {

    private static final String OUT = "sys/node/3/process000.stdout.txt";
    private static final String MAIN = "sys/node/3/_main.txt";
    private static final int BLOCK = ShippedFile.BLOCK;
    private static final long RATE = 1 << 20;

    @TempDir Path folder;

    private Path tree;
    private ServerFolder server;
    private Shipper shipper;

    @BeforeEach
    void setUp() {
        tree = folder.resolve("agent");
        server = new ServerFolder(folder.resolve("server"));
        shipper = new Shipper(new LogTree(tree, 50), new Rate(RATE, RATE, Instant.EPOCH));
    }

    private Path append(String name, byte[] bytes) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path append(String name, String text) throws IOException {
        return append(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The same bytes for the same seed. */
    private static byte[] bytes(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void cut(String name, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(tree.resolve(name), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void write(String name, byte[] bytes, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(tree.resolve(name), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private void assertSame(String name) {
        assertThat(server.file(name)).hasSameBinaryContentAs(tree.resolve(name));
    }

    private void finish() throws IOException {
        shipper.finish();
        server.settle(shipper);
        assertThat(shipper.complete()).as(shipper.trouble().toString()).isTrue();
        try (var files = Files.walk(tree)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> tree.relativize(file).toString())
                    .filter(name -> !name.contains(".tail"))
                    .forEach(this::assertSame);
        }
    }

    @Test
    void sendsWhatIsAppendedAndNothingTwice() throws IOException {
        append(MAIN, "one\n");
        server.settle(shipper);
        append(MAIN, "two\n");
        server.settle(shipper);
        server.settle(shipper);

        assertThat(server.pieces()).containsExactly(MAIN + "@0+4", MAIN + "@4+4");
        finish();
        assertThat(server.pieces()).hasSize(2);
    }

    @Test
    void aFewLinesNeverWaitForMegabytes() throws IOException {
        append(OUT, bytes(1, 5 * BLOCK));
        append("user/stdout/3/process000.stdout.txt", bytes(2, 2_000));
        append(MAIN, "one\n");
        server.settle(shipper);

        assertThat(server.pieces().subList(0, 2))
                .containsExactly(MAIN + "@0+4", "user/stdout/3/process000.stdout.txt@0+2000");
        finish();
    }

    @Test
    void keepsToItsRateUntilTheEnd() throws IOException {
        append(OUT, bytes(1, 20 << 20));
        Instant began = server.now();
        while (server.bytes() < 8 << 20) {
            if (shipper.next(server.now()) instanceof ShipStep.Send(Piece piece)) {
                shipper.answered(server.take(piece));
            } else {
                server.pass(Duration.ofMillis(10));
            }
        }
        assertThat(Duration.between(began, server.now()))
                .isBetween(Duration.ofMillis(6_700), Duration.ofMillis(7_300));

        shipper.finish();
        Instant last = server.now();
        while (shipper.next(last) instanceof ShipStep.Send(Piece piece)) {
            shipper.answered(server.take(piece));
        }
        assertThat(shipper.complete()).isTrue();
        assertSame(OUT);
    }

    @Test
    void aFileThatWasCutEndsThereToo() throws IOException {
        append(OUT, bytes(1, 3 * BLOCK + 77));
        server.settle(shipper);
        cut(OUT, 2L * BLOCK);
        server.settle(shipper);
        assertThat(server.pieces()).last().isEqualTo(OUT + "@%d+0".formatted(2 * BLOCK));
        assertSame(OUT);
        cut(OUT, 100);
        server.settle(shipper);
        assertSame(OUT);
        finish();
    }

    @Test
    void aFileThatWasCutAndHasGrownOnIsSentAgainFromTheChange() throws IOException {
        append(OUT, bytes(1, 6 * BLOCK));
        server.settle(shipper);
        cut(OUT, 4L * BLOCK);
        append(OUT, bytes(2, 5 * BLOCK));
        int before = server.pieces().size();
        server.settle(shipper);

        assertSame(OUT);
        assertThat(server.pieces().get(before))
                .isEqualTo(OUT + "@%d+%d".formatted(4 * BLOCK, BLOCK));
        finish();
    }

    /** As it is when a tail is put between the head and what came last. */
    @Test
    void aChangeBeforeAnEndThatLooksTheSameIsFoundAtTheLatestAtTheEnd() throws IOException {
        byte[] end = bytes(3, BLOCK);
        append(OUT, bytes(1, 3 * BLOCK));
        append(OUT, end);
        server.settle(shipper);
        write(OUT, bytes(2, 1_000), 2L * BLOCK + 500);
        write(OUT, end, 3L * BLOCK);
        server.settle(shipper);

        finish();
        assertThat(server.pieces()).contains(OUT + "@%d+%d".formatted(2 * BLOCK, BLOCK));
    }

    @Test
    void anAnswerThatIsLostIsNoHarm() throws IOException {
        append(OUT, bytes(1, 3 * BLOCK + 5));
        Random random = new Random(7);
        for (int step = 0; step < 2_000; step++) {
            switch (shipper.next(server.now())) {
                case ShipStep.Send(Piece piece) -> {
                    // Lost on the way there, or on the way back, or not at all.
                    int fate = random.nextInt(3);
                    ShipAnswer answer = fate == 0 ? new ShipAnswer.Lost() : server.take(piece);
                    shipper.answered(fate == 1 ? new ShipAnswer.Lost() : answer);
                }
                case ShipStep.Pause(Instant until) -> {
                    server.pass(Duration.between(server.now(), until));
                    append(OUT, bytes(step, random.nextInt(1_000)));
                }
                case ShipStep.Done _ -> throw new AssertionError("too early");
            }
        }
        finish();
    }

    @Test
    void aServerThatHasLostTheEndIsSentItAgain() throws IOException {
        append(OUT, bytes(1, 3 * BLOCK + 5));
        server.settle(shipper);
        Files.write(server.file(OUT), bytes(1, 2 * BLOCK + 9));
        append(OUT, "more\n");
        server.settle(shipper);
        assertSame(OUT);

        Files.delete(server.file(OUT));
        append(OUT, "and more\n");
        server.settle(shipper);
        assertSame(OUT);
        finish();
    }

    @Test
    void aFileThatIsRefusedKeepsNoOtherWaiting() throws IOException {
        append(OUT, bytes(1, 3 * BLOCK));
        append(MAIN, bytes(1, 4 * BLOCK));
        for (int step = 0; step < 200; step++) {
            if (shipper.next(server.now()) instanceof ShipStep.Send(Piece piece)) {
                shipper.answered(
                        piece.file().equals(OUT)
                                ? new ShipAnswer.Refused("too large")
                                : server.take(piece));
            }
            server.pass(Duration.ofMillis(100));
        }
        assertSame(MAIN);
        shipper.finish();
        server.settle(shipper);
        assertThat(shipper.complete()).isFalse();
        assertThat(shipper.trouble()).contains(OUT + ": too large");
    }

    @Test
    void endsWhenTheServerTakesNothingMore() throws IOException {
        append(OUT, "one\n");
        assertThat(shipper.next(server.now())).isInstanceOf(ShipStep.Send.class);
        shipper.answered(new ShipAnswer.Over("the job is gone"));

        assertThat(shipper.next(server.now())).isInstanceOf(ShipStep.Done.class);
        assertThat(shipper.complete()).isFalse();
        assertThat(shipper.trouble()).contains("the job is gone");
    }

    @Test
    void neitherScratchNorLinksNorWhatIsTooManyAreSent() throws IOException {
        append(OUT + ".tail", "x");
        append(OUT + ".tail1", "x");
        append(OUT + ".tail2", "x");
        append("user/stdout/3/empty.txt", "");
        append(MAIN, "one\n");
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(tree.resolve("sys/node/3/link.txt"), secret);
        Files.createSymbolicLink(tree.resolve("sys/node/3/folder"), folder);
        server.settle(shipper);
        assertThat(server.pieces()).containsExactly(MAIN + "@0+4");

        finish();
        assertThat(server.pieces()).hasSize(2).contains("user/stdout/3/empty.txt@0+0");
        Shipper narrow = new Shipper(new LogTree(tree, 1), new Rate(RATE, RATE, Instant.EPOCH));
        narrow.finish();
        server.settle(narrow);
        assertThat(narrow.complete()).isFalse();
    }

    @Test
    void whateverHappensToTheFilesTheCopyIsTheSameInTheEnd() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            String name = "sys/node/3/walk%d.txt".formatted(seed);
            append(name, bytes(seed, 1 + random.nextInt(3 * BLOCK)));
            for (int step = 0; step < 25; step++) {
                long size = Files.size(tree.resolve(name));
                switch (random.nextInt(4)) {
                    case 0 -> append(name, bytes(random.nextInt(3), random.nextInt(2 * BLOCK)));
                    case 1 -> cut(name, size - random.nextLong(size + 1) / 2);
                    case 2 -> write(name, bytes(9, 10), random.nextLong(size + 1));
                    default -> {
                        if (shipper.next(server.now()) instanceof ShipStep.Send(Piece piece)) {
                            ShipAnswer answer = server.take(piece);
                            shipper.answered(
                                    random.nextInt(5) == 0 ? new ShipAnswer.Lost() : answer);
                        }
                    }
                }
                server.pass(Duration.ofMillis(random.nextInt(1_500)));
            }
        }
        finish();
    }
}
