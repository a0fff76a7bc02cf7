package dev.windrow.spec.content;

/**
 * One file of a folder that is described by a manifest.
 *
 * @param path relative, with slashes
 * @param size bytes
 * @param executable whether it may be run
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record ManifestEntry(String path, long size, boolean executable, String sha256) {
    /** Checks each part. */
    public ManifestEntry {
        ContentPath.check(path);
        if (size < 0) {
            throw new IllegalArgumentException("size: " + size + " (expected: 0 or more)");
        }
        if (!ContentRef.isDigest(sha256)) {
            throw new IllegalArgumentException(
                    "sha256: " + ContentPath.shown(sha256) + " (expected: 64 hexadecimal digits)");
        }
    }

    /** Its line, without an end. */
    String line() {
        return sha256 + " " + size + " " + (executable ? "x" : "-") + " " + path;
    }
}
