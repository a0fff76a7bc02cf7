package dev.windrow.runtime.content;

/**
 * How much one workspace's content may be.
 *
 * @param fileBytes of one file
 * @param folderBytes of one folder, each file counted as often as it stands there
 * @param folderFiles of one folder
 * @param storeBytes of everything that is kept, a file counted as whole blocks
 * @param freeBytes that always stay free on the disk
 */
public record ContentLimits(
        long fileBytes, long folderBytes, int folderFiles, long storeBytes, long freeBytes) {

    private static final long GIB = 1L << 30;

    /** What a server takes unless it is told otherwise. */
    public static final ContentLimits DEFAULT =
            new ContentLimits(64 * GIB, 256 * GIB, 1_000_000, 512 * GIB, GIB);

    public ContentLimits {
        if (fileBytes < 1
                || folderBytes < 1
                || folderFiles < 1
                || storeBytes < 1
                || freeBytes < 0) {
            throw new IllegalArgumentException("content limits: none may be below 1");
        }
    }

    /** The same for another size of the whole. */
    public ContentLimits withStoreBytes(long bytes) {
        return new ContentLimits(fileBytes, folderBytes, folderFiles, bytes, freeBytes);
    }
}
