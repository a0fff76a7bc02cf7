package dev.windrow.data.listing;

import java.nio.file.Path;
import java.util.function.Consumer;

/** All regular files below one folder: what an input of type {@code uri_folder} stands for. */
public final class FolderListing implements FileListing {
    private final Path folder;

    private FolderListing(Path folder) {
        this.folder = folder;
    }

    /** Checks that the folder is there and readable; reads nothing else. */
    public static FolderListing of(Path folder) {
        return new FolderListing(folder.toAbsolutePath().normalize());
    }

    @Override
    public byte[] root() {
        throw new UnsupportedOperationException(folder.toString());
    }

    @Override
    public FileCursor open(Consumer<ListingNotice> notices) {
        throw new UnsupportedOperationException(folder.toString());
    }

    @Override
    public FileCursor openAfter(byte[] lastRelativePath, Consumer<ListingNotice> notices) {
        throw new UnsupportedOperationException(folder.toString());
    }
}
