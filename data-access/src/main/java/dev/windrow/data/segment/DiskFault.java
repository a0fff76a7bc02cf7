package dev.windrow.data.segment;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.file.Path;

/** Turns what the disk says about a write into a fault of ours. */
public final class DiskFault {
    private DiskFault() {}

    /**
     * {@code DISK_FULL} when the volume or the user's quota has no room; {@code OUTPUT_UNWRITABLE}
     * otherwise.
     */
    public static DataException writing(String name, Path path, IOException cause) {
        String said =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        boolean full = said.contains("No space left") || said.contains("quota exceeded");
        String rule = full ? "a volume with room for it" : "a place this user may write to";
        return new DataException(
                full ? DataError.DISK_FULL : DataError.OUTPUT_UNWRITABLE,
                name + ": " + RawPath.printable(path) + " (expected: " + rule + "): " + said,
                cause);
    }
}
