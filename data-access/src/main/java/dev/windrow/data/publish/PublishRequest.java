package dev.windrow.data.publish;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the committed rows of a job go.
 *
 * @param target the file to replace
 * @param job name of the job; leftovers of its former tries are recognised by it
 * @param token of this try; letters, digits, {@code _} and {@code .}
 * @param keepFirstHeader true: the first header stays and all others go; false: all headers go
 */
public record PublishRequest(Path target, String job, String token, boolean keepFirstHeader) {
    private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.]{1,64}");

    public PublishRequest {
        target = target.toAbsolutePath();
        @Nullable Path name = target.getFileName();
        if (name == null) {
            throw DataException.of(
                    DataError.PATH_REFUSED, "target", target, "a file below a folder");
        }
        if (!JOB.matcher(job).matches()) {
            throw DataException.of(DataError.PATH_REFUSED, "job", job, JOB.pattern());
        }
        if (!TOKEN.matcher(token).matches()) {
            throw DataException.of(DataError.PATH_REFUSED, "token", token, TOKEN.pattern());
        }
    }

    /**
     * The same rows, kept beside the target because the job did not complete: {@code
     * <target>.partial-<job>}.
     */
    public PublishRequest partial() {
        byte[] ending = (".partial-" + job).getBytes(StandardCharsets.UTF_8);
        Path aside = RawPath.path(RawPath.concat(RawPath.bytes(target), ending));
        return new PublishRequest(aside, job, token, keepFirstHeader);
    }
}
