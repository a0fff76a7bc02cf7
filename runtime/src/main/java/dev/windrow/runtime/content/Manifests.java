package dev.windrow.runtime.content;

import dev.windrow.disk.DurableFiles;
import dev.windrow.model.Counted;
import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.runtime.content.ContentPlaces.Kept;
import dev.windrow.spec.content.ManifestEntry;
import dev.windrow.spec.content.ManifestException;
import dev.windrow.spec.content.ManifestReader;
import dev.windrow.spec.content.ManifestWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which folders are there: a manifest counts once every file it names is kept. */
final class Manifests {

    private final ContentPlaces places;
    private final ContentLimits limits;
    private final Blobs blobs;

    Manifests(ContentPlaces places, ContentLimits limits, Blobs blobs) {
        this.places = places;
        this.limits = limits;
        this.blobs = blobs;
    }

    /** Takes the entries of a manifest, in their order. */
    interface Taker {
        /** Takes one; answers whether more are wanted. */
        boolean take(ManifestEntry entry) throws IOException;
    }

    /** True when the folder is there; that counts as use. */
    boolean has(String digest) throws IOException {
        return blobs.use(Kept.MANIFESTS, digest).isPresent();
    }

    /**
     * Files of an uploaded manifest that are not there yet.
     *
     * @param after path behind which to look
     * @param most digests at most, none of them twice
     */
    Missing missing(String digest, String after, int most) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        String[] last = {""};
        read(
                source(digest),
                entry -> {
                    if (!after.isEmpty()
                            && ManifestWriter.ORDER.compare(entry.path(), after) <= 0) {
                        return true;
                    }
                    if (found.size() == most) {
                        return false;
                    }
                    if (isMissing(entry)) {
                        found.add(entry.sha256());
                    }
                    last[0] = entry.path();
                    return true;
                });
        return new Missing(List.copyOf(found), found.size() == most ? last[0] : "");
    }

    private boolean isMissing(ManifestEntry entry) throws IOException {
        OptionalLong size = blobs.use(Kept.BLOBS, entry.sha256());
        if (size.isPresent() && size.getAsLong() != entry.size()) {
            throw invalid(
                    "%s: %d bytes (expected: %d, the size of the file of this digest)"
                            .formatted(entry.path(), entry.size(), size.getAsLong()));
        }
        return size.isEmpty();
    }

    /**
     * Makes a folder of an uploaded manifest whose files are all there; harmless when it was made
     * before.
     *
     * @return whether it is new
     */
    boolean complete(String digest) throws IOException {
        if (has(digest)) {
            return false;
        }
        int[] missing = {0};
        Set<Path> folders = new HashSet<>();
        Path uploaded = source(digest);
        read(
                uploaded,
                entry -> {
                    missing[0] += isMissing(entry) ? 1 : 0;
                    folders.add(places.of(Kept.BLOBS, entry.sha256()).resolveSibling(""));
                    return true;
                });
        if (missing[0] > 0) {
            throw new ContentException(
                    Kind.CONTENT_INCOMPLETE,
                    "folder: %s missing (expected: all that its manifest names)"
                            .formatted(Counted.of(missing[0], "file is", "files are")));
        }
        blobs.take(Files.size(uploaded));
        DurableFiles.createFolder(places.fresh());
        Path copy = Files.createTempFile(places.fresh(), "manifest", "");
        Files.copy(uploaded, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.flush(copy);
        // The files are on disk; now their names are too, once for all of a folder.
        for (Path folder : folders) {
            DurableFiles.flush(folder);
        }
        blobs.keep(Kept.MANIFESTS, digest, copy);
        DurableFiles.flush(places.of(Kept.MANIFESTS, digest).resolveSibling(""));
        return true;
    }

    /** The manifest as a folder has it, or as it was uploaded. */
    private Path source(String digest) throws IOException {
        for (Kept kind : List.of(Kept.MANIFESTS, Kept.BLOBS)) {
            if (blobs.use(kind, digest).isPresent()) {
                return places.of(kind, digest);
            }
        }
        throw new ContentException(
                Kind.CONTENT_NOT_FOUND,
                "folder: %s (expected: one whose manifest was uploaded)".formatted(digest));
    }

    /** Reads a manifest through, and holds it to all limits. */
    void read(Path manifest, Taker taker) throws IOException {
        long bytes = 0;
        int files = 0;
        try (ManifestReader reader = new ManifestReader(Files.newInputStream(manifest))) {
            for (Optional<ManifestEntry> one = reader.next();
                    one.isPresent();
                    one = reader.next()) {
                bytes = Math.addExact(bytes, one.get().size());
                files++;
                check(files, bytes);
                if (!taker.take(one.get())) {
                    return;
                }
            }
        } catch (ManifestException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw invalid("folder: more bytes than can be counted");
        }
    }

    private void check(int files, long bytes) {
        if (files > limits.folderFiles() || bytes > limits.folderBytes()) {
            throw new ContentException(
                    Kind.CONTENT_TOO_LARGE,
                    "folder: more than %d files or %d bytes (expected: at most so many)"
                            .formatted(limits.folderFiles(), limits.folderBytes()));
        }
    }

    /** Keeps the files of a folder that is needed from being removed. */
    void useAll(Path manifest) {
        try {
            read(
                    manifest,
                    entry -> {
                        blobs.use(Kept.BLOBS, entry.sha256());
                        if (entry.executable()) {
                            blobs.use(Kept.PROGRAMS, entry.sha256());
                        }
                        return true;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContentException invalid(String message) {
        return new ContentException(Kind.CONTENT_INVALID, message);
    }
}
