package dev.windrow.protocol.transfer;

/**
 * One thing to be done on a volume. Paths are relative to the root that the agent was started for,
 * and have slashes.
 */
public sealed interface TransferOrder {

    /**
     * The next files below a place, or the one file that is there, in the order of their paths.
     *
     * @param place folder or file, below the volume's root
     * @param after the last path that is known; empty for none
     * @param most files, at least 1
     */
    record ListFiles(String place, String after, int most) implements TransferOrder {}

    /**
     * What there is to know of one file.
     *
     * @param path below the place, as it was listed
     */
    record FindFile(String place, String path) implements TransferOrder {}

    /**
     * Bytes of a file.
     *
     * @param from the first byte, from 0
     * @param length bytes, all of which are to be there
     */
    record ReadBytes(String place, String path, long from, long length) implements TransferOrder {}

    /**
     * Removes a folder with all it holds, if it is there, and the folder around it when that is
     * empty then.
     */
    record RemoveFolder(String place) implements TransferOrder {}
}
