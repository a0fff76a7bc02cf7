package dev.windrow.data.listing;

import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A folder on the way down, with the entries that are still to come; folder names end in a slash.
 */
final class OpenFolder {
    private static final byte[] NOTHING = {};

    private final Path path;
    private final byte[] prefix;
    private byte[][] names = {};
    private int next;
    private @Nullable Object identity;

    private OpenFolder(Path path, byte[] prefix) {
        this.path = path;
        this.prefix = prefix;
    }

    static OpenFolder root(Path path) {
        return new OpenFolder(path, new byte[0]);
    }

    OpenFolder child(byte[] nameWithSlash) {
        byte[] name = Arrays.copyOf(nameWithSlash, nameWithSlash.length - 1);
        Path below =
                path.resolve(RawPath.path(RawPath.concat(new byte[] {'/'}, name)).getFileName());
        return new OpenFolder(below, RawPath.concat(prefix, nameWithSlash));
    }

    Path path() {
        return path;
    }

    /**
     * The folder's path relative to the root of the walk, ending in a slash; empty for the root.
     */
    byte[] prefix() {
        return prefix;
    }

    void fill(byte[][] sortedNames) {
        names = sortedNames;
        next = 0;
    }

    /** The next entry, or null at the end. */
    byte @Nullable [] take() {
        if (next == names.length) {
            return null;
        }
        byte[] name = names[next];
        // A million names already handed out must not stay in memory while their neighbours are
        // walked.
        names[next++] = NOTHING;
        return name;
    }

    /** Device and inode, for telling whether a link leads back here. */
    Object identity() throws IOException {
        if (identity == null) {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            identity = key == null ? path.toRealPath() : key;
        }
        return identity;
    }
}
