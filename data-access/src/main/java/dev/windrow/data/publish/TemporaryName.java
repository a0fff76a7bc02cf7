package dev.windrow.data.publish;

import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of the file beside the target while it is being written: {@code
 * .NAME.windrow-JOB-TOKEN}.
 *
 * <p>A token has no dash, so that the leftovers of job {@code a} are never mistaken for those of
 * job {@code a-b}.
 */
final class TemporaryName {
    private static final int MAX_BYTES = 255;
    private static final int MAX_TOKEN = 64;

    private final String prefix;
    private final String token;
    private final Pattern leftover;

    TemporaryName(PublishRequest request) {
        Path target = request.target();
        String full =
                "."
                        + RawPath.printable(RawPath.fileName(target))
                        + ".windrow-"
                        + request.job()
                        + "-";
        this.prefix = isPlain(full) && !tooLong(full) ? full : shortened(full);
        this.token = request.token();
        this.leftover =
                Pattern.compile(Pattern.quote(prefix) + "[A-Za-z0-9_.]{1," + MAX_TOKEN + "}");
    }

    String current() {
        return prefix + token;
    }

    /**
     * Removes what former tries of this job for this target have left, this token's own included.
     */
    void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, this::isLeftover)) {
            for (Path file : found) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isLeftover(Path file) {
        return leftover.matcher(String.valueOf(file.getFileName())).matches()
                && !Files.isDirectory(file);
    }

    /** A platform whose charset is ASCII has no text for other names. */
    private static boolean isPlain(String prefix) {
        return prefix.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\');
    }

    private static boolean tooLong(String prefix) {
        return prefix.getBytes(StandardCharsets.UTF_8).length + MAX_TOKEN > MAX_BYTES;
    }

    /** A digest stands for names that are too long or not plain ASCII. */
    private static String shortened(String full) {
        return ".windrow-" + UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)) + "-";
    }
}
