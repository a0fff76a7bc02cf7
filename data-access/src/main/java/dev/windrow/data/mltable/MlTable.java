package dev.windrow.data.mltable;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import dev.windrow.data.listing.FileListing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads an MLTable that lists files: {@code paths} with {@code file}, {@code folder} and {@code
 * pattern}.
 *
 * <p>The items are the files named, each once however often it is named, in the order of the bytes
 * of their absolute paths. Azure's transformations, which make a table of rows, and remote
 * addresses are refused by name.
 */
public final class MlTable {
    /** Largest MLTable file read; a list of ten million paths is about as large. */
    public static final int MAX_BYTES = 512 << 20;

    private static final String FILE_NAME = "MLTable";

    private MlTable() {}

    /**
     * Reads the file {@code MLTable} in a folder (or the file itself) and checks that everything it
     * names exists. Reads no folder it names before the listing is opened. Memory grows with the
     * number of {@code paths}, nothing else.
     *
     * <p>Throws {@code MLTABLE_INVALID}, {@code NOT_SUPPORTED} or {@code INPUT_MISSING} with all
     * mistakes (the first 20 of them), each with {@code line:column}.
     *
     * @param warnings gets a sentence for each key that means nothing to us
     */
    public static FileListing read(Path folderOrFile, Consumer<String> warnings) {
        Path absolute = folderOrFile.toAbsolutePath();
        Path file = Files.isDirectory(absolute) ? absolute.resolve(FILE_NAME) : absolute;
        checkSize(file);
        byte[] raw = RawPath.bytes(file);
        byte[] folder = Arrays.copyOf(raw, raw.length - RawPath.fileName(file).length);
        Mistakes mistakes = new Mistakes(RawPath.printable(file));
        PathEntries entries = new PathEntries(new EntryPath(folder), mistakes);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            new MlTableParser(in, entries, mistakes, warnings).parse();
        } catch (IOException e) {
            throw fault(DataError.INPUT_UNREADABLE, file, "a file this user may read", e);
        }
        mistakes.throwIfAny();
        return entries.listing(folder);
    }

    private static void checkSize(Path file) {
        try {
            long size = Files.size(file);
            if (!Files.isRegularFile(file)) {
                throw fault(
                        DataError.INPUT_WRONG_KIND, file, "a file", new IOException("not a file"));
            }
            if (size > MAX_BYTES) {
                throw DataException.of(
                        DataError.MLTABLE_INVALID,
                        "size of " + RawPath.printable(file),
                        size,
                        "at most " + MAX_BYTES);
            }
        } catch (IOException e) {
            throw fault(DataError.INPUT_MISSING, file, "a file MLTable that exists", e);
        }
    }

    private static DataException fault(DataError code, Path file, String rule, IOException cause) {
        return new DataException(
                code,
                "MLTable: "
                        + RawPath.printable(file)
                        + " (expected: "
                        + rule
                        + "): "
                        + cause.getMessage(),
                cause);
    }
}
