package dev.windrow.runtime.content;

import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.spec.content.ContentRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * The uploaded files and folders of one workspace. Safe for use by several threads; all calls block
 * on the disk and throw {@link ContentException} for what is refused, {@link UncheckedIOException}
 * when the disk refuses.
 *
 * <p>Equal files are kept once. Nothing is ever unpacked: a folder is a manifest and the files it
 * names, so what it takes is known before it is made.
 */
public final class ContentStore {

    private final ContentPlaces places;
    private final Blobs blobs;
    private final Incoming incoming;
    private final Manifests manifests;
    private final Folders folders;
    private final InstantSource clock;

    /**
     * @param root need not exist; made with the first upload
     */
    public ContentStore(Path root, ContentLimits limits, InstantSource clock) {
        this.clock = clock;
        this.places = new ContentPlaces(root);
        this.blobs = new Blobs(places, limits, clock);
        this.incoming = new Incoming(places, limits, blobs);
        this.manifests = new Manifests(places, limits, blobs);
        this.folders = new Folders(places, manifests, blobs);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T onDisk(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How much of a file is there; of one that is not complete, as far as this user has sent it.
     */
    public Received received(String digest, String user) {
        return onDisk(() -> incoming.state(digest, user));
    }

    /**
     * Takes a part of a file. Repeats are harmless; of several who send the same file each may go
     * on. When the last part has come and the digest is wrong, all of it is thrown away.
     *
     * @param body holds at least the part's bytes; is read only as far as needed
     */
    public Received receive(String digest, String user, Part part, InputStream body) {
        return onDisk(() -> incoming.receive(digest, user, part, body));
    }

    /** Files that are missing of a folder whose manifest was uploaded. */
    public Missing missing(String digest, String after, int most) {
        return onDisk(() -> manifests.missing(digest, after, most));
    }

    /**
     * Makes a folder of a manifest whose files are all there; idempotent.
     *
     * @return whether it is new
     */
    public boolean complete(String digest) {
        return onDisk(() -> manifests.complete(digest));
    }

    /**
     * Where on this machine something uploaded is, read-only. It stays at least as long as unused
     * content is kept.
     */
    public Path open(ContentRef ref) {
        return onDisk(() -> {
            if (!manifests.has(ref.digest())) {
                throw notFound(ref, "a folder that was uploaded to this workspace");
            }
            Path folder = folders.lay(ref.digest());
            Path path = ref.path().isEmpty() ? folder : folder.resolve(ref.path());
            if (!Files.exists(path)) {
                throw notFound(ref, "a path in the uploaded folder");
            }
            return path;
        });
    }

    private static ContentException notFound(ContentRef ref, String rule) {
        return new ContentException(
                Kind.CONTENT_NOT_FOUND, "%s (expected: %s)".formatted(ref, rule));
    }

    /**
     * Begins to remove what nobody has asked for since some time; see {@link ContentSweep}.
     *
     * @param keep how long what nothing needs is kept
     * @param needed tells whether a job needs the folder of this digest
     */
    public ContentSweep sweep(Duration keep, Predicate<String> needed) {
        Instant now = clock.instant();
        return new ContentSweep(
                places, blobs, manifests, folders, incoming, now.minus(keep), needed);
    }
}
