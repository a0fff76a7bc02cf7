package dev.windrow.data.mltable;

import dev.windrow.data.RawPath;
import dev.windrow.data.listing.FileCursor;
import dev.windrow.data.listing.ListingNotice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted sources into one order; a source is opened only when its first possible file is
 * next.
 */
final class MergedCursor implements FileCursor {
    private final int rootLength;
    private final List<NamedSource> folders;
    private final Consumer<ListingNotice> notices;
    private final PriorityQueue<NamedSource> open =
            new PriorityQueue<>(Comparator.comparing(NamedSource::head, RawPath::compare));
    private int nextFolder;
    private byte[] given = {};
    private byte @Nullable [] ahead;

    /** The folders are sorted by their base. */
    MergedCursor(
            byte[] root,
            NamedSource files,
            List<NamedSource> folders,
            Consumer<ListingNotice> notices) {
        this.rootLength = root.length;
        this.folders = folders;
        this.notices = notices;
        push(files);
    }

    @Override
    public boolean hasNext() {
        while (ahead == null) {
            openDueFolders();
            NamedSource first = open.poll();
            if (first == null) {
                return false;
            }
            byte[] name = first.head();
            push(first);
            if (Arrays.equals(name, given)) {
                notices.accept(
                        new ListingNotice(RawPath.printable(name), ListingNotice.Reason.DUPLICATE));
            } else {
                ahead = name;
                given = name;
            }
        }
        return true;
    }

    @Override
    public byte[] next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException();
        }
        byte[] relative = Arrays.copyOfRange(ahead, rootLength, ahead.length);
        ahead = null;
        return relative;
    }

    @Override
    public void close() {
        open.clear();
        nextFolder = folders.size();
        ahead = null;
    }

    private void openDueFolders() {
        while (nextFolder < folders.size() && isDue(folders.get(nextFolder))) {
            push(folders.get(nextFolder++));
        }
    }

    private boolean isDue(NamedSource folder) {
        NamedSource first = open.peek();
        return first == null || RawPath.compare(folder.base(), first.head()) <= 0;
    }

    private void push(NamedSource source) {
        if (source.advance()) {
            open.add(source);
        }
    }
}
