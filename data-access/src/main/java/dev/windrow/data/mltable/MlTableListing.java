package dev.windrow.data.mltable;

import dev.windrow.data.RawPath;
import dev.windrow.data.listing.FileCursor;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.ListingNotice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The files an MLTable names, merged from its entries in the order of their absolute paths. */
final class MlTableListing implements FileListing {

    private final byte[] root;
    private final List<byte[]> sortedFiles;
    private final List<FolderSource> folders;

    MlTableListing(byte[] root, List<byte[]> sortedFiles, List<FolderSource> folders) {
        this.root = root.clone();
        this.sortedFiles = List.copyOf(sortedFiles);
        this.folders =
                folders.stream()
                        .sorted(Comparator.comparing(FolderSource::base, RawPath::compare))
                        .toList();
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public FileCursor openAfter(byte[] lastRelativePath, Consumer<ListingNotice> notices) {
        byte[] after = RawPath.concat(root, lastRelativePath);
        List<NamedSource> sources = new ArrayList<>();
        for (FolderSource folder : folders) {
            byte[] base = folder.base();
            if (RawPath.compare(base, after) > 0 || RawPath.startsWith(after, base)) {
                sources.add(NamedSource.folder(folder, after, notices));
            }
        }
        return new MergedCursor(root, NamedSource.files(sortedFiles, after), sources, notices);
    }
}
