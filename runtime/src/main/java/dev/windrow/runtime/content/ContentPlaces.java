package dev.windrow.runtime.content;

import dev.windrow.spec.content.ContentRef;
import java.nio.file.Path;

/**
 * What lies where in a content store. Every digest is checked before it becomes a part of a path.
 *
 * @param root {@code HOME/content}
 */
record ContentPlaces(Path root) {

    /** Digits of a digest that name a folder of their own. */
    private static final int FAN = 2;

    /** The kinds of what is kept by digest, each in a folder of its own. */
    enum Kept {
        /** Files, read-only. */
        BLOBS("blobs"),
        /** Copies of files that may be run. */
        PROGRAMS("programs"),
        /** Manifests whose files are all there. */
        MANIFESTS("manifests"),
        /** Folders as jobs see them. */
        FOLDERS("folders");

        private final String folder;

        Kept(String folder) {
            this.folder = folder;
        }
    }

    /** Where something of a kind is. */
    Path of(Kept kind, String digest) {
        if (!ContentRef.isDigest(digest)) {
            throw new IllegalArgumentException(
                    "digest: " + digest.length() + " characters (expected: 64 hexadecimal digits)");
        }
        return all(kind).resolve(digest.substring(0, FAN)).resolve(digest.substring(FAN));
    }

    Path all(Kept kind) {
        return root.resolve(kind.folder);
    }

    /** Files that are being received. */
    Path partial() {
        return root.resolve("partial");
    }

    /** What is being made and takes its place by a rename. */
    Path fresh() {
        return root.resolve("fresh");
    }
}
