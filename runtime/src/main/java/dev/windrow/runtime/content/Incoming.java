package dev.windrow.runtime.content;

import dev.windrow.disk.DurableFiles;
import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.runtime.content.ContentPlaces.Kept;
import dev.windrow.spec.content.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Files on their way in. Each user has parts of their own, so that nobody can spoil what another
 * sends; the same file sent by several is kept once.
 */
final class Incoming {

    /** Whose digests so far are remembered; others are read again from the disk. */
    private static final int REMEMBERED = 256;

    private final ContentPlaces places;
    private final ContentLimits limits;
    private final Blobs blobs;
    private final Map<Path, Receiving> receiving = new LinkedHashMap<>(16, 0.75f, true);

    Incoming(ContentPlaces places, ContentLimits limits, Blobs blobs) {
        this.places = places;
        this.limits = limits;
        this.blobs = blobs;
    }

    /** Where the parts of one user's file are; the user's name never becomes a part of a path. */
    private Path partial(String digest, String user) {
        byte[] name = Digests.sha256().digest(user.getBytes(StandardCharsets.UTF_8));
        String short16 = HexFormat.of().formatHex(name, 0, 8);
        places.of(Kept.BLOBS, digest);
        return places.partial().resolve(digest + "-" + short16);
    }

    Received state(String digest, String user) throws IOException {
        OptionalLong size = blobs.use(Kept.BLOBS, digest);
        return size.isPresent()
                ? new Received(size.getAsLong(), true)
                : new Received(Receiving.received(partial(digest, user)), false);
    }

    Received receive(String digest, String user, Part part, InputStream body) throws IOException {
        OptionalLong size = blobs.use(Kept.BLOBS, digest);
        if (size.isPresent()) {
            return new Received(size.getAsLong(), true);
        }
        if (part.total() > limits.fileBytes()) {
            throw new ContentException(
                    Kind.CONTENT_TOO_LARGE,
                    "file: %d bytes (expected: at most %d)"
                            .formatted(part.total(), limits.fileBytes()));
        }
        Receiving one = borrow(partial(digest, user));
        try {
            return receive(one, digest, part, body);
        } finally {
            giveBack(one);
        }
    }

    private Received receive(Receiving one, String digest, Part part, InputStream body)
            throws IOException {
        long before = Receiving.received(one.partial());
        if (before > part.total()) {
            drop(one.partial(), before);
            before = 0;
        }
        blobs.take(part.length());
        try {
            one.append(part, body);
        } finally {
            // What counts is what is on the disk, not what was announced.
            blobs.give(part.length());
            blobs.grown(before, Receiving.received(one.partial()));
        }
        long now = Receiving.received(one.partial());
        if (now < part.total()) {
            return new Received(now, false);
        }
        DurableFiles.flush(one.partial());
        if (!one.sha256().equals(digest)) {
            drop(one.partial(), now);
            throw new ContentException(
                    Kind.CONTENT_INVALID,
                    "sha256: %s (expected: the digest of the bytes that were sent; they are thrown away)"
                            .formatted(digest));
        }
        blobs.keep(Kept.BLOBS, digest, one.partial());
        return new Received(now, true);
    }

    private void drop(Path partial, long bytes) throws IOException {
        if (Files.deleteIfExists(partial)) {
            blobs.give(bytes);
        }
    }

    private synchronized Receiving borrow(Path partial) {
        Receiving one = receiving.computeIfAbsent(partial, Receiving::new);
        if (one.busy) {
            throw new ContentException(
                    Kind.UPLOAD_BUSY,
                    "file: is being received (expected: one part of a file at a time; ask how much is there)");
        }
        one.busy = true;
        if (receiving.size() > REMEMBERED) {
            receiving.values().removeIf(other -> !other.busy);
        }
        return one;
    }

    private synchronized void giveBack(Receiving one) {
        one.busy = false;
        if (!Files.exists(one.partial())) {
            receiving.remove(one.partial());
        }
    }

    /** True while parts of this file arrive. */
    synchronized boolean isBusy(Path partial) {
        Receiving one = receiving.get(partial);
        return one != null && one.busy;
    }
}
