package dev.windrow.worker.ship;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a server does with pieces, by the rule alone; and a clock that jumps over pauses. */
final class ServerFolder {

    private static final int STEPS_MOST = 100_000;

    private final Path root;
    private final List<String> pieces = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long bytes;

    ServerFolder(Path root) {
        this.root = root;
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** {@code FILE@OFFSET+LENGTH} of each piece that came. */
    List<String> pieces() {
        return pieces;
    }

    long bytes() {
        return bytes;
    }

    Path file(String name) {
        return root.resolve(name);
    }

    ShipAnswer take(Piece piece) throws IOException {
        pieces.add("%s@%d+%d".formatted(piece.file(), piece.offset(), piece.length()));
        bytes += piece.length();
        Path file = file(piece.file());
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (piece.offset() > size) {
            return new ShipAnswer.Size(size);
        }
        Files.createDirectories(file.resolveSibling("."));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(piece.offset());
            channel.write(ByteBuffer.wrap(piece.bytes()), piece.offset());
        }
        return new ShipAnswer.Size(piece.offset() + piece.length());
    }

    /** Ships until there is nothing to do for now; pauses for the rate are passed over. */
    void settle(Shipper shipper) throws IOException {
        Instant idleUntil = now.plus(Shipper.LOOK);
        pass(Shipper.LOOK);
        for (int step = 0; step < STEPS_MOST; step++) {
            switch (shipper.next(now)) {
                case ShipStep.Send(Piece piece) -> {
                    shipper.answered(take(piece));
                    idleUntil = now.plus(Shipper.LOOK);
                }
                case ShipStep.Pause(Instant until) -> {
                    if (until.isAfter(idleUntil)) {
                        return;
                    }
                    now = until.isAfter(now) ? until : now;
                }
                case ShipStep.Done _ -> {
                    return;
                }
            }
        }
        throw new AssertionError("it never comes to an end");
    }
}
