package dev.windrow.runtime.content;

import dev.windrow.runtime.content.ContentPlaces.Kept;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * One round through a content store that removes what nothing needs: first folders, then files that
 * no folder has. Whatever is needed is marked as used before the first file is looked at, so a
 * round that is broken off, even by a crash, has removed nothing that is needed.
 */
public final class ContentSweep {

    private final ContentPlaces places;
    private final Blobs blobs;
    private final Manifests manifests;
    private final Folders folders;
    private final Incoming incoming;
    private final Instant since;
    private final Predicate<String> needed;
    private final Deque<Step> steps = new ArrayDeque<>();
    private long removed;

    private interface Step {
        void run() throws IOException;
    }

    ContentSweep(
            ContentPlaces places,
            Blobs blobs,
            Manifests manifests,
            Folders folders,
            Incoming incoming,
            Instant since,
            Predicate<String> needed) {
        this.places = places;
        this.blobs = blobs;
        this.manifests = manifests;
        this.folders = folders;
        this.incoming = incoming;
        this.since = since;
        this.needed = needed;
        steps.add(() -> fans(Kept.MANIFESTS, this::manifests));
        steps.add(() -> fans(Kept.FOLDERS, this::folders));
        steps.add(() -> fans(Kept.BLOBS, this::files));
        steps.add(() -> fans(Kept.PROGRAMS, this::files));
        steps.add(this::partials);
        steps.add(this::leftovers);
    }

    private interface Fan {
        void look(Path folder) throws IOException;
    }

    /**
     * Does a small part of the round; blocks on the disk.
     *
     * @return whether something is left to do
     */
    public boolean step() throws IOException {
        Step next = steps.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return !steps.isEmpty();
    }

    /** Files and folders removed so far. */
    public long removed() {
        return removed;
    }

    /** Puts a step for each folder of a kind before all others. */
    private void fans(Kept kind, Fan fan) throws IOException {
        for (Path folder : entries(places.all(kind))) {
            steps.addFirst(() -> fan.look(folder));
        }
    }

    private void manifests(Path fan) throws IOException {
        for (Path manifest : entries(fan)) {
            String digest = String.valueOf(fan.getFileName()) + manifest.getFileName();
            if (needed.test(digest)) {
                blobs.use(Kept.MANIFESTS, digest);
                manifests.useAll(manifest);
            } else if (blobs.removeUnused(manifest, since)) {
                removed++;
            } else {
                manifests.useAll(manifest);
            }
        }
    }

    private void folders(Path fan) throws IOException {
        for (Path folder : entries(fan)) {
            String digest = String.valueOf(fan.getFileName()) + folder.getFileName();
            removed += folders.dropUnnamed(digest) ? 1 : 0;
        }
    }

    private void files(Path fan) throws IOException {
        for (Path file : entries(fan)) {
            removed += blobs.removeUnused(file, since) ? 1 : 0;
        }
    }

    private void partials() throws IOException {
        for (Path file : entries(places.partial())) {
            if (!incoming.isBusy(file)) {
                removed += blobs.removeUnused(file, since) ? 1 : 0;
            }
        }
    }

    /** What a crash has left of something that was being made. */
    private void leftovers() throws IOException {
        for (Path one : entries(places.fresh())) {
            boolean old;
            try {
                old = Files.getLastModifiedTime(one).toInstant().isBefore(since);
            } catch (NoSuchFileException _) {
                continue;
            }
            if (old && Files.isDirectory(one)) {
                Folders.remove(one);
            } else if (old) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
