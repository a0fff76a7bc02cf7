package dev.windrow.data.mltable;

import dev.windrow.data.DataError;
import dev.windrow.data.RawPath;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.FolderListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries under {@code paths}, each checked when it is read. */
final class PathEntries {
    private final EntryPath grammar;
    private final Mistakes mistakes;
    private final List<byte[]> files = new ArrayList<>();
    private final List<FolderSource> folders = new ArrayList<>();

    PathEntries(EntryPath grammar, Mistakes mistakes) {
        this.grammar = grammar;
        this.mistakes = mistakes;
    }

    void add(String key, String value, Position position) {
        Optional<String> remote = EntryPath.remoteScheme(value);
        if (remote.isPresent()) {
            mistakes.add(
                    DataError.NOT_SUPPORTED,
                    position,
                    key,
                    value,
                    "a local path; " + remote.get() + " is not read, download it");
        } else if (value.isEmpty() || value.indexOf('\0') >= 0) {
            mistakes.add(
                    DataError.MLTABLE_INVALID,
                    position,
                    key,
                    "'" + value.replace('\0', '?') + "'",
                    "a path");
        } else {
            addLocal(key, value, position);
        }
    }

    private void addLocal(String key, String value, Position position) {
        switch (key) {
            case "file" -> addFile(value, position);
            case "folder" -> addFolder(key, value, grammar.resolve(value), position);
            case "pattern" -> addPattern(value, position);
            default ->
                    mistakes.add(
                            DataError.MLTABLE_INVALID,
                            position,
                            "paths entry",
                            key,
                            "file, folder or pattern");
        }
    }

    private void addFile(String value, Position position) {
        byte[] absolute = grammar.resolve(value);
        Path path = RawPath.path(absolute);
        if (Files.isRegularFile(path)) {
            files.add(absolute);
        } else {
            // Older public samples point `file` at a folder and mean the files in it.
            addFolder("file", value, absolute, position);
        }
    }

    private void addFolder(String key, String value, byte[] absolute, Position position) {
        Path path = RawPath.path(absolute);
        if (Files.isDirectory(path)) {
            folders.add(FolderSource.of(FolderListing.of(path)));
        } else if (Files.exists(path)) {
            String rule = key.equals("folder") ? "a folder" : "a regular file or a folder";
            mistakes.add(DataError.INPUT_WRONG_KIND, position, key, value, rule);
        } else {
            mistakes.add(DataError.INPUT_MISSING, position, key, value, "something that exists");
        }
    }

    private void addPattern(String value, Position position) {
        int wild = GlobPattern.firstWild(value);
        int slash = value.lastIndexOf('/', wild);
        String base = slash < 0 ? "." : value.substring(0, slash + 1);
        Path folder = RawPath.path(grammar.resolve(base));
        if (!Files.isDirectory(folder)) {
            mistakes.add(
                    DataError.INPUT_MISSING,
                    position,
                    "pattern",
                    value,
                    "a folder before the first wildcard that exists");
            return;
        }
        try {
            GlobPattern pattern = GlobPattern.parse(value.substring(slash + 1));
            folders.add(
                    new FolderSource(
                            FolderListing.of(folder, pattern::mayHoldMatches), pattern::matches));
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    DataError.MLTABLE_INVALID,
                    position,
                    "pattern",
                    value,
                    String.valueOf(e.getMessage()));
        }
    }

    /**
     * All entries as one listing; names are relative to the MLTable's folder when none lies outside
     * it.
     */
    FileListing listing(byte[] folder) {
        files.sort(RawPath::compare);
        boolean inside =
                files.stream().allMatch(file -> RawPath.startsWith(file, folder))
                        && folders.stream()
                                .allMatch(source -> RawPath.startsWith(source.base(), folder));
        return new MlTableListing(inside ? folder : new byte[] {'/'}, files, folders);
    }
}
