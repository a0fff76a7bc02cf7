package dev.windrow.store.register;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A token as the register keeps it: not itself, only what it hashes to.
 *
 * @param hash SHA-256 of the token, in hexadecimal
 * @param role what it may do
 * @param workspace the only one it is good for; empty for all
 * @param computes the only ones whose jobs it may submit and change; empty for all
 */
public record StoredToken(
        String hash,
        String user,
        String role,
        Optional<String> workspace,
        Set<String> computes,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt) {

    private static final int ID_LENGTH = 16;

    public StoredToken {
        computes = Collections.unmodifiableSet(new TreeSet<>(computes));
    }

    /** Names it where it is listed and revoked. */
    public String id() {
        return hash.substring(0, ID_LENGTH);
    }
}
