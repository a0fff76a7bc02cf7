package dev.windrow.data.listing;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All regular files below one folder: what an input of type {@code uri_folder} stands for.
 *
 * <p>Hidden files belong to it. Symbolic links to files and folders are followed. Links to nothing,
 * links back to a folder that contains them, pipes, sockets and devices are left out, each with a
 * notice.
 */
public final class FolderListing implements FileListing {

    private final Path folder;
    private final byte[] root;
    private final Predicate<byte[]> descend;

    private FolderListing(Path folder, Predicate<byte[]> descend) {
        this.folder = folder;
        this.descend = descend;
        byte[] raw = RawPath.bytes(folder);
        this.root = raw[raw.length - 1] == '/' ? raw : RawPath.concat(raw, new byte[] {'/'});
    }

    /** Checks that the folder is there and readable; reads nothing else. */
    public static FolderListing of(Path folder) {
        return of(folder, relativeFolder -> true);
    }

    /**
     * As {@link #of(Path)}, but enters only folders whose relative path (ending in a slash) passes
     * the test.
     */
    public static FolderListing of(Path folder, Predicate<byte[]> descend) {
        Path absolute = folder.toAbsolutePath();
        check(absolute);
        return new FolderListing(absolute, descend);
    }

    private static void check(Path folder) {
        String shown = RawPath.printable(folder);
        if (!Files.exists(folder)) {
            throw DataException.of(
                    DataError.INPUT_MISSING, "input folder", shown, "a folder that exists");
        }
        if (!Files.isDirectory(folder)) {
            throw DataException.of(
                    DataError.INPUT_WRONG_KIND, "input folder", shown, "a folder, not a file");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw DataException.of(
                    DataError.INPUT_UNREADABLE,
                    "input folder",
                    shown,
                    "a folder this user may read");
        }
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public FileCursor openAfter(byte[] lastRelativePath, Consumer<ListingNotice> notices) {
        return new FolderWalk(new FolderReader(notices, descend), folder, lastRelativePath);
    }
}
