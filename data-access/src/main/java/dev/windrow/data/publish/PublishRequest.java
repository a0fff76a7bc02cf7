package dev.windrow.data.publish;

import java.nio.file.Path;

/**
 * Where the committed rows of a job go.
 *
 * @param target the file to replace
 * @param job name of the job; leftovers of its former tries are recognised by it
 * @param token of this try; letters, digits, {@code _} and {@code .}
 * @param keepFirstHeader true: the first header stays and all others go; false: all headers go
 */
public record PublishRequest(Path target, String job, String token, boolean keepFirstHeader) {
    /**
     * The same rows, kept beside the target because the job did not complete: {@code
     * <target>.partial-<job>}.
     */
    public PublishRequest partial() {
        Path aside = target.resolveSibling(target.getFileName() + ".partial-" + job);
        return new PublishRequest(aside, job, token, keepFirstHeader);
    }
}
