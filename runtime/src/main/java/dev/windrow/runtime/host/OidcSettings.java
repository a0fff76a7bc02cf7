package dev.windrow.runtime.host;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens a server takes beside its own, and what it reads from them.
 *
 * @param issuer as its tokens name it
 * @param audience that a token must be for
 * @param roleClaim that holds reader, submitter or admin, or a list with one of them
 * @param workspaceClaim that holds the only workspace of a token, or {@code *}
 * @param userClaim that names the user
 */
public record OidcSettings(
        URI issuer,
        String audience,
        String roleClaim,
        Optional<String> workspaceClaim,
        String userClaim) {

    /**
     * What names a user unless another claim is asked for: the issuer never gives it to another.
     */
    public static final String USER_CLAIM = "sub";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        if (!isSafe(issuer)) {
            throw new IllegalArgumentException(
                    "oidc-issuer: %s (expected: https and a host, no ? and no #; http on this machine alone)"
                            .formatted(issuer));
        }
        if (audience.isBlank() || roleClaim.isBlank() || userClaim.isBlank()) {
            throw new IllegalArgumentException("oidc: blank (expected: an audience and claims)");
        }
    }

    /** Whether what is read from an address is its owner's: nobody on the way can change it. */
    public static boolean isSafe(URI address) {
        String host = String.valueOf(address.getHost());
        boolean scheme =
                "https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOOPBACK.contains(host));
        return scheme
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }
}
