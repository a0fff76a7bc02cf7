package dev.windrow.data.listing;

import dev.windrow.data.RawPath;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks a tree depth first; holds the entries of the folders on the way down and nothing else. */
final class FolderWalk implements FileCursor {
    private static final byte[] NOTHING = {};

    private final FolderReader reader;
    private final Deque<OpenFolder> way = new ArrayDeque<>();
    private byte[] after;
    private byte @Nullable [] ahead;

    FolderWalk(FolderReader reader, Path folder, byte[] after) {
        this.reader = reader;
        this.after = after;
        enter(OpenFolder.root(folder));
    }

    @Override
    public boolean hasNext() {
        while (ahead == null) {
            OpenFolder folder = way.peek();
            if (folder == null) {
                return false;
            }
            byte @Nullable [] name = folder.take();
            if (name == null) {
                way.pop();
            } else if (name[name.length - 1] == '/') {
                enter(folder.child(name));
            } else {
                ahead = RawPath.concat(folder.prefix(), name);
            }
        }
        return true;
    }

    @Override
    public byte[] next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException();
        }
        byte[] name = ahead;
        ahead = null;
        return name;
    }

    @Override
    public void close() {
        way.clear();
        ahead = null;
    }

    private void enter(OpenFolder folder) {
        byte[] rest = NOTHING;
        if (RawPath.startsWith(after, folder.prefix())) {
            rest = Arrays.copyOfRange(after, folder.prefix().length, after.length);
        } else {
            after = NOTHING;
        }
        folder.fill(reader.read(folder, way, rest));
        way.push(folder);
    }
}
