package dev.windrow.data.listing;

import java.util.function.Consumer;

/**
 * The files of one input, in the order of the bytes of their relative paths.
 *
 * <p>The order compares whole paths byte by byte, unsigned; a folder therefore sorts as {@code
 * name/}. Names are raw bytes, exactly as the file system has them.
 */
public interface FileListing {
    /** The folder all names are relative to: absolute, raw bytes, ending in a slash. */
    byte[] root();

    /**
     * All files from the first. Reads the first folder now and the others while it is iterated.
     * Notices come one per entry left out, so that a receiver who keeps them has to bound them.
     */
    default FileCursor open(Consumer<ListingNotice> notices) {
        return openAfter(new byte[0], notices);
    }

    /**
     * The files strictly after a relative path, all when it is empty; folders that lie wholly
     * before it are not read again.
     */
    FileCursor openAfter(byte[] lastRelativePath, Consumer<ListingNotice> notices);
}
