package dev.windrow.api;

import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Gate;
import dev.windrow.api.http.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The token of the one who runs the server: made at the first start, in a file that only they can
 * read.
 */
public final class AdminToken implements Gate {

    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    private AdminToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the token of a home's server is. */
    public static Path file(Path home) {
        return home.resolve("server").resolve("admin.token");
    }

    /** The token of a home, made when there is none; the folder must exist. */
    static AdminToken of(Path home) throws IOException {
        Path file = file(home);
        try {
            return new AdminToken(Files.readString(file).strip());
        } catch (NoSuchFileException _) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String token = "wr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
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

    @Override
    public Caller admit(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("missing");
        }
        byte[] said =
                authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(said, token)) {
            throw refused("unknown");
        }
        return new Caller("admin", Caller.Role.ADMIN);
    }

    private static Problem refused(String how) {
        return Problem.of(
                        401,
                        "UNAUTHORIZED",
                        "token: "
                                + how
                                + " (expected: Authorization: Bearer TOKEN; the admin's is in"
                                + " the file server/admin.token of the server's home)")
                .with("WWW-Authenticate", "Bearer realm=\"windrow\"");
    }
}
