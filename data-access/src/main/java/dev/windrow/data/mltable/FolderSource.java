package dev.windrow.data.mltable;

import dev.windrow.data.listing.FileListing;
import java.util.function.Predicate;

/** A folder that an MLTable names, and which of its files it means. */
record FolderSource(FileListing listing, Predicate<byte[]> wanted) {
    static FolderSource of(FileListing listing) {
        return new FolderSource(listing, relative -> true);
    }

    /** The folder's absolute path, ending in a slash. */
    byte[] base() {
        return listing.root();
    }
}
