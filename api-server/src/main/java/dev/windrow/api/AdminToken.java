package dev.windrow.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;

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

    /** The token of a home, made when there is none; the folder must exist. */
    static AdminToken of(Path home) throws IOException {
        Path file = file(home);
        try {
            return new AdminToken(Files.readString(file).strip());
        } catch (NoSuchFileException _) {
            String token = TokenGate.random();
            Path fresh = file.resolveSibling("admin.token.new");
            Files.deleteIfExists(fresh);
            try (var channel =
                    Files.newByteChannel(
                            fresh,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                channel.write(StandardCharsets.UTF_8.encode(token + "\n"));
            }
            Files.move(fresh, file);
            return new AdminToken(token);
        }
    }

    /** Whether this is the token. */
    boolean is(String said) {
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), token);
    }
}
