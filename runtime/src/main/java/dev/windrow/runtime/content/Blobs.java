package dev.windrow.runtime.content;

import dev.windrow.disk.DurableFiles;
import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.runtime.content.ContentPlaces.Kept;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * The files that are kept by digest, and how much they take. A file's time of modification says
 * when it was last asked for; what is asked for is never removed at the same moment.
 */
final class Blobs {

    private static final long BLOCK = 4_096;
    private static final Duration RENEWAL = Duration.ofMinutes(30);

    private final ContentPlaces places;
    private final ContentLimits limits;
    private final InstantSource clock;
    private long taken = -1;

    Blobs(ContentPlaces places, ContentLimits limits, InstantSource clock) {
        this.places = places;
        this.limits = limits;
        this.clock = clock;
    }

    /** Its size when it is there, which counts as use; empty when it is not. */
    synchronized OptionalLong use(Kept kind, String digest) throws IOException {
        Path file = places.of(kind, digest);
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            Instant now = clock.instant();
            if (facts.lastModifiedTime().toInstant().isBefore(now.minus(RENEWAL))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
            return OptionalLong.of(facts.size());
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        }
    }

    /** Removes a file that was not asked for since then; answers whether it is gone. */
    synchronized boolean removeUnused(Path file, Instant since) throws IOException {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            if (!facts.lastModifiedTime().toInstant().isBefore(since)) {
                return false;
            }
            Files.delete(file);
            give(facts.size());
        } catch (NoSuchFileException _) {
            // By hand, or by a removal that was broken off behind it.
        }
        return true;
    }

    /**
     * Puts a flushed file in its place; when one of the digest is there, it is as good. Whoever
     * builds on its being there after a loss of power flushes its folder first.
     */
    void keep(Kept kind, String digest, Path file) throws IOException {
        Path place = places.of(kind, digest);
        DurableFiles.createFolder(place.resolveSibling(""));
        boolean executable = kind == Kept.PROGRAMS;
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(executable ? "r-xr-xr-x" : "r--r--r--"));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        put(file, place);
    }

    private synchronized void put(Path file, Path place) throws IOException {
        if (Files.exists(place)) {
            give(Files.size(file));
        }
        Files.move(
                file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Counts bytes that are about to be written.
     *
     * @throws ContentException CONTENT_TOO_LARGE when there is no room
     */
    synchronized void take(long bytes) throws IOException {
        long more = blocks(bytes);
        if (counted() + more > limits.storeBytes()) {
            throw new ContentException(
                    Kind.CONTENT_TOO_LARGE,
                    "content: %d bytes more than %d that are kept (expected: at most %d in all; remove jobs, or ask for more room)"
                            .formatted(bytes, counted(), limits.storeBytes()));
        }
        Files.createDirectories(places.root());
        long free = Files.getFileStore(places.root()).getUsableSpace();
        if (free - more < limits.freeBytes()) {
            throw new ContentException(
                    Kind.CONTENT_TOO_LARGE,
                    "content: %d bytes (expected: at most %d, so that %d stay free on the server's disk)"
                            .formatted(
                                    bytes,
                                    Math.max(0, free - limits.freeBytes()),
                                    limits.freeBytes()));
        }
        taken += more;
    }

    /** Counts bytes that are gone. */
    synchronized void give(long bytes) throws IOException {
        taken = Math.max(0, counted() - blocks(bytes));
    }

    /** A file has grown from so many bytes to so many. */
    synchronized void grown(long before, long now) throws IOException {
        taken = Math.max(0, counted() + blocks(now) - blocks(before));
    }

    private static long blocks(long bytes) {
        return Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /** Counted once by a look at all files, then kept up to date. */
    private long counted() throws IOException {
        if (taken < 0) {
            long[] sum = {0};
            for (Path folder :
                    new Path[] {
                        places.all(Kept.BLOBS),
                        places.all(Kept.PROGRAMS),
                        places.all(Kept.MANIFESTS),
                        places.partial()
                    }) {
                count(folder, sum);
            }
            taken = sum[0];
        }
        return taken;
    }

    private static void count(Path folder, long[] sum) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        sum[0] += blocks(facts.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
