package dev.windrow.api;

import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Problem;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.StoredToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows callers by their bearer tokens: the admin's of the home, and those that were made since.
 * These are found by their hash, in memory, so that a look costs no disk and tells nothing by the
 * time it takes.
 */
final class TokenGate {

    private static final int BYTES = 32;
    private static final int MOST = 10_000;
    private static final String SCHEME = "Bearer ";

    private final AdminToken admin;
    private final Register register;
    private final InstantSource clock;
    private final Map<String, StoredToken> known = new ConcurrentHashMap<>();

    TokenGate(AdminToken admin, Register register, InstantSource clock) {
        this.admin = admin;
        this.register = register;
        this.clock = clock;
        register.tokens().forEach(token -> known.put(token.hash(), token));
    }

    /** The token in a header. */
    static String said(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("missing");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    /**
     * Who has sent this header.
     *
     * @throws Problem 401 when it does not say, or says something wrong
     */
    Caller admit(String authorization) {
        String said = said(authorization);
        if (admin.is(said)) {
            return new Caller("admin", Role.ADMIN, Optional.empty(), Set.of());
        }
        StoredToken token = known.get(hash(said));
        if (token == null) {
            throw refused("unknown");
        }
        if (expired(token)) {
            throw refused("expired");
        }
        return new Caller(
                token.user(),
                Role.valueOf(token.role().toUpperCase(Locale.ROOT)),
                token.workspace(),
                token.computes());
    }

    private boolean expired(StoredToken token) {
        return token.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent();
    }

    /** What a new token is, the token itself included. */
    record Made(String token, StoredToken stored) {}

    /**
     * What a token is to be.
     *
     * @param seconds it is good for; empty for ever
     */
    record Wanted(
            String user,
            Role role,
            Optional<String> workspace,
            Set<String> computes,
            Optional<Long> seconds) {}

    /** Makes a token; durable when this returns. */
    Made make(Wanted wanted, String by) {
        if (known.size() >= MOST) {
            throw Problem.of(
                    409,
                    "TOO_MANY_TOKENS",
                    "tokens: %d (expected: fewer than %d; revoke some first)"
                            .formatted(known.size(), MOST));
        }
        String token = random();
        StoredToken stored =
                new StoredToken(
                        hash(token),
                        wanted.user(),
                        wanted.role().text(),
                        wanted.workspace(),
                        wanted.computes(),
                        clock.instant(),
                        by,
                        wanted.seconds().map(clock.instant()::plusSeconds));
        register.addToken(stored);
        known.put(stored.hash(), stored);
        return new Made(token, stored);
    }

    /** Those that were made and not revoked. */
    List<StoredToken> all() {
        return register.tokens();
    }

    /** Makes a token worthless; false when there is none of this id. */
    boolean revoke(String id) {
        known.values().removeIf(token -> token.id().equals(id));
        return register.removeToken(id);
    }

    static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return "wr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Problem refused(String how) {
        return Problem.of(
                        401,
                        "UNAUTHORIZED",
                        "token: "
                                + how
                                + " (expected: Authorization: Bearer TOKEN; the admin's is in the"
                                + " file server/admin.token of the server's home)")
                .with("WWW-Authenticate", "Bearer realm=\"windrow\"");
    }
}
