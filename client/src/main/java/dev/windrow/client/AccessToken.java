package dev.windrow.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a token of a server; never the token itself.
 *
 * @param id names it where it is listed and revoked
 * @param role reader, submitter or admin
 * @param workspace the only one it is good for; empty for all
 * @param computes the only ones whose jobs it may submit and change; empty for all
 * @param expiresAt empty for never
 */
public record AccessToken(
        String id,
        String user,
        String role,
        Optional<String> workspace,
        List<String> computes,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt) {
    /** Insists on an id and copies the list. */
    public AccessToken {
        Objects.requireNonNull(id, "id");
        computes = Json.list(computes);
    }
}
