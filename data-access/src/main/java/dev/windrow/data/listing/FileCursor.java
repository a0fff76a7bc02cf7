package dev.windrow.data.listing;

import java.util.Iterator;

/**
 * One pass over a listing: relative paths as raw bytes, each array owned by the caller.
 *
 * <p>{@code hasNext} and {@code next} may block on the disk and throw {@link
 * dev.windrow.data.DataException} when a folder cannot be read.
 */
public interface FileCursor extends Iterator<byte[]>, AutoCloseable {
    @Override
    void close();
}
