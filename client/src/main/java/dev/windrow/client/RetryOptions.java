package dev.windrow.client;

import dev.windrow.model.JobName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How what has failed is tried again.
 *
 * @param name of the new job; made up when there is none
 * @param code folder of other code than that of the old job
 * @param merge whether old and new rows are put together, in the order of the mini-batches
 * @param uploading when the code is sent to the server
 */
public record RetryOptions(
        Optional<String> name, Optional<Path> code, boolean merge, Uploading uploading) {
    /** Checks the name. */
    public RetryOptions {
        name.ifPresent(JobName::new);
    }

    /** Runs the old job's code under a name that is made up. */
    public static RetryOptions usual() {
        return new RetryOptions(
                Optional.empty(), Optional.empty(), false, Uploading.WHEN_ELSEWHERE);
    }

    /** Gives the new job this name. */
    public RetryOptions withName(String other) {
        return new RetryOptions(Optional.of(other), code, merge, uploading);
    }

    /** Runs the code in this folder. */
    public RetryOptions withCode(Path folder) {
        return new RetryOptions(name, Optional.of(folder), merge, uploading);
    }

    /** Puts old and new rows together. */
    public RetryOptions withMerge() {
        return new RetryOptions(name, code, true, uploading);
    }

    /** Sends the code to the server, or not. */
    public RetryOptions withUploading(Uploading when) {
        return new RetryOptions(name, code, merge, when);
    }
}
