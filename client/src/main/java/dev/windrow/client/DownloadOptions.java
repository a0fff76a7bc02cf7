package dev.windrow.client;

import java.util.Optional;

/**
 * What of a job is downloaded; its log files unless something else is asked for.
 *
 * @param output the one output to download
 * @param all whether log files and all outputs are downloaded
 */
public record DownloadOptions(Optional<String> output, boolean all) {
    /** Refuses both at once. */
    public DownloadOptions {
        if (all && output.isPresent()) {
            throw new IllegalArgumentException(
                    "output: " + output.get() + " (expected: none beside all)");
        }
    }

    /** Asks for the log files, as Azure does unless told otherwise. */
    public static DownloadOptions logs() {
        return new DownloadOptions(Optional.empty(), false);
    }

    /** Asks for one output. */
    public static DownloadOptions output(String name) {
        return new DownloadOptions(Optional.of(name), false);
    }

    /** Asks for the log files and all outputs. */
    public static DownloadOptions everything() {
        return new DownloadOptions(Optional.empty(), true);
    }
}
