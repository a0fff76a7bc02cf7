package dev.windrow.worker.ship;

import dev.windrow.worker.ship.LogTree.Looks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a log tree to a server, one piece at a time: looks at the files, decides what to send, and
 * learns from each answer. What it believes of the server it is told by the server alone, so lost
 * answers, repeats and restarts need no care of their own.
 *
 * <p>Files with the least to send go first, so that a few lines never wait for megabytes. Not for
 * use by several threads at once.
 */
public final class Shipper {

    /** How often files are looked at. */
    static final Duration LOOK = Duration.ofSeconds(1);

    /** A request costs the server something, however few bytes it has. */
    static final int LEAST_COST = 4 << 10;

    private final LogTree tree;
    private final Rate rate;
    private final Map<String, ShippedFile> files = new TreeMap<>();
    private Instant nextLook = Instant.MIN;
    private @Nullable Piece outstanding;
    private long turn;
    private boolean ending;
    private boolean allSeen = true;
    private boolean over;
    private boolean complete;
    private String trouble = "";

    /**
     * @param rate is kept until {@link #finish}
     */
    public Shipper(LogTree tree, Rate rate) {
        this.tree = tree;
        this.rate = rate;
    }

    /**
     * Nothing writes to the tree any more: what is left is sent as fast as it goes, then all of it
     * is compared once more.
     */
    public void finish() {
        ending = true;
        nextLook = Instant.MIN;
    }

    /** True when the server has all of the tree, byte for byte, and that is checked. */
    public boolean complete() {
        return complete;
    }

    /** The last refusal; empty when there was none. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }

    /** What to do now. A piece has to be answered before the next call. */
    public ShipStep next(Instant now) {
        if (outstanding != null) {
            throw new IllegalStateException("no answer yet to " + outstanding.file());
        }
        try {
            return decide(now);
        } catch (IOException | UncheckedIOException _) {
            // The disk may be of more use later.
            nextLook = now.plus(LOOK);
            return new ShipStep.Pause(nextLook);
        }
    }

    private ShipStep decide(Instant now) throws IOException {
        if (complete || over) {
            return new ShipStep.Done();
        }
        if (!now.isBefore(nextLook)) {
            look();
            nextLook = now.plus(LOOK);
        }
        Optional<ShippedFile> file = first();
        if (file.isEmpty() && ending) {
            look();
            verify();
            file = first();
            if (file.isEmpty()) {
                complete = allSeen && files.values().stream().noneMatch(ShippedFile::refused);
                return new ShipStep.Done();
            }
        }
        return file.isEmpty() ? new ShipStep.Pause(nextLook) : send(file.get(), now);
    }

    private Optional<ShippedFile> first() {
        return files.values().stream()
                .filter(file -> file.wants(ending))
                .min(Comparator.comparingLong(ShippedFile::waiting));
    }

    private void look() throws IOException {
        Looks looks = tree.look();
        allSeen = looks.all();
        // Whatever the server has of a file that is gone is the best there is of it.
        files.keySet().retainAll(looks.files().keySet());
        for (var one : looks.files().entrySet()) {
            ShippedFile known = files.get(one.getKey());
            if (known == null) {
                files.put(one.getKey(), new ShippedFile(one.getKey(), one.getValue()));
            } else if (!known.refused()) {
                gently(known, () -> known.look(one.getValue(), tree));
            }
        }
    }

    private void verify() {
        for (ShippedFile file : files.values()) {
            if (!file.refused() && !file.verified()) {
                gently(file, () -> file.verify(tree));
            }
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** A file that cannot be read, or is gone, keeps no other waiting. */
    private void gently(ShippedFile file, Reading reading) {
        try {
            reading.read();
        } catch (IOException | InvalidPathException e) {
            refuse(file, "cannot be read: " + e.getMessage());
        }
    }

    private void refuse(ShippedFile file, String why) {
        file.refuse();
        trouble = file.name() + ": " + why;
    }

    private ShipStep send(ShippedFile file, Instant now) {
        int length = file.next();
        if (!ending) {
            Instant allowed = rate.take(Math.max(length, LEAST_COST), now);
            if (allowed.isAfter(now)) {
                return new ShipStep.Pause(allowed);
            }
        }
        byte[] bytes = {};
        try {
            bytes = tree.read(file.name(), file.sent(), length);
        } catch (IOException | InvalidPathException e) {
            refuse(file, "cannot be read: " + e.getMessage());
            return new ShipStep.Pause(now);
        }
        if (bytes.length < length) {
            file.endsAt(file.sent() + bytes.length);
        }
        Piece piece = new Piece(file.name(), file.sent(), bytes, ++turn);
        outstanding = piece;
        return new ShipStep.Send(piece);
    }

    /**
     * What became of the piece.
     *
     * @throws IllegalStateException when there is none
     */
    public void answered(ShipAnswer answer) {
        Piece piece = outstanding;
        if (piece == null) {
            throw new IllegalStateException("nothing was sent");
        }
        outstanding = null;
        ShippedFile file = Objects.requireNonNull(files.get(piece.file()));
        switch (answer) {
            case ShipAnswer.Size(long size) -> {
                if (size == piece.offset() + piece.length()) {
                    file.took(piece.bytes());
                } else {
                    file.isThere(size);
                }
            }
            case ShipAnswer.Refused(String why) -> refuse(file, why);
            case ShipAnswer.Over(String why) -> {
                over = true;
                trouble = why;
            }
            case ShipAnswer.Lost _ -> {}
        }
    }
}
