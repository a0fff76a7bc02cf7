package dev.windrow.api;

import dev.windrow.disk.OwnersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The token of the one who runs the server: made at the first start, in a file that only they can
 * read.
 */
final class AdminToken {

    private final byte[] token;

    private AdminToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the token of a home's server is. */
    static Path file(Path home) {
        return home.resolve("server").resolve("admin.token");
    }

    /** The token that somebody else keeps in a file. */
    static AdminToken in(Path file) throws IOException {
        return new AdminToken(Files.readString(file).strip());
    }

    /** The token of a home, made when there is none; the folder must exist. */
    static AdminToken of(Path home) throws IOException {
        Path file = file(home);
        byte[] made =
                OwnersFile.readOrCreate(
                        file, () -> (TokenGate.random() + "\n").getBytes(StandardCharsets.UTF_8));
        String token = new String(made, StandardCharsets.UTF_8).strip();
        if (token.isEmpty()) {
            throw new IOException(
                    file + ": empty (expected: a token; remove the file for a new one)");
        }
        return new AdminToken(token);
    }

    /** Whether this is the token. */
    boolean is(String said) {
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), token);
    }
}
