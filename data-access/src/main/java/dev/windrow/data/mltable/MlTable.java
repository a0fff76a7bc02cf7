package dev.windrow.data.mltable;

import dev.windrow.data.listing.FileListing;
import java.nio.file.Path;

/** Reads an MLTable that lists files. */
@SuppressWarnings("DoNotCallSuggester")
public final class MlTable {
    private MlTable() {}

    /**
     * Reads the file {@code MLTable} in a folder (or the file itself); refuses tables and remote
     * paths by name.
     */
    public static FileListing read(Path folderOrFile) {
        throw new UnsupportedOperationException(folderOrFile.toString());
    }
}
