package dev.windrow.data.mltable;

import dev.windrow.data.RawPath;
import dev.windrow.data.listing.FileCursor;
import dev.windrow.data.listing.ListingNotice;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One entry's files as absolute paths in order; a folder is not read before its first file is asked
 * for.
 */
final class NamedSource {
    private final byte[] base;
    private final Supplier<Iterator<byte[]>> opener;
    private final Predicate<byte[]> wanted;
    private @Nullable Iterator<byte[]> names;
    private byte @Nullable [] head;

    private NamedSource(byte[] base, Supplier<Iterator<byte[]>> opener, Predicate<byte[]> wanted) {
        this.base = base;
        this.opener = opener;
        this.wanted = wanted;
    }

    static NamedSource folder(FolderSource folder, byte[] after, Consumer<ListingNotice> notices) {
        byte[] base = folder.base();
        return new NamedSource(
                base,
                () ->
                        RawPath.startsWith(after, base)
                                ? rest(folder, after, notices)
                                : folder.listing().open(notices),
                folder.wanted());
    }

    private static FileCursor rest(
            FolderSource folder, byte[] after, Consumer<ListingNotice> notices) {
        byte[] inside = Arrays.copyOfRange(after, folder.base().length, after.length);
        return folder.listing().openAfter(inside, notices);
    }

    static NamedSource files(List<byte[]> sortedAbsolute, byte[] after) {
        int found = Collections.binarySearch(sortedAbsolute, after, RawPath::compare);
        int start = found < 0 ? -found - 1 : found;
        return new NamedSource(
                new byte[0],
                () -> sortedAbsolute.subList(start, sortedAbsolute.size()).iterator(),
                name -> RawPath.compare(name, after) > 0);
    }

    /** No file of this source sorts before it. */
    byte[] base() {
        return base;
    }

    /** Moves to the next file; false at the end. */
    boolean advance() {
        if (names == null) {
            names = opener.get();
        }
        while (names.hasNext()) {
            byte[] name = names.next();
            if (wanted.test(name)) {
                head = RawPath.concat(base, name);
                return true;
            }
        }
        head = null;
        return false;
    }

    /** The file moved to. */
    byte[] head() {
        if (head == null) {
            throw new IllegalStateException("no file: the source is at its end");
        }
        return head;
    }
}
