package dev.windrow.runtime.host;

import dev.windrow.disk.OwnersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Tells what this home has made in clusters from what others have. */
final class Installation {

    private static final String SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 12;
    private static final Pattern RULE = Pattern.compile("[a-z0-9]{" + LENGTH + "}");

    private Installation() {}

    /**
     * The id of a home, made when there is none.
     *
     * @param server its folder {@code server}
     * @throws IOException when it cannot be read or made
     */
    static String of(Path server) throws IOException {
        Path file = server.resolve("installation");
        String id =
                new String(
                                OwnersFile.readOrCreate(file, Installation::made),
                                StandardCharsets.US_ASCII)
                        .strip();
        if (!RULE.matcher(id).matches()) {
            throw new IOException(
                    "%s: no id (expected: the file that Windrow has made)".formatted(file));
        }
        return id;
    }

    private static byte[] made() {
        StringBuilder id = new StringBuilder();
        new SecureRandom()
                .ints(LENGTH, 0, SIGNS.length())
                .forEach(place -> id.append(SIGNS.charAt(place)));
        return id.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
