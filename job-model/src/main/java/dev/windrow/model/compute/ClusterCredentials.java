package dev.windrow.model.compute;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a server is let into a cluster that it does not run in: as one account of one namespace.
 *
 * @param address of the cluster's interface
 * @param authority certificates that it is known by, as PEM text; empty for those that the server's
 *     machine trusts
 * @param token of the account; a secret
 */
public record ClusterCredentials(URI address, String authority, String token) {

    /** The rule for addresses in words, to follow "expected:". */
    public static final String ADDRESS_RULE = "https, a host, neither a user nor ? nor #";

    /** The rule for tokens in words; a token itself is never told. */
    public static final String TOKEN_RULE = "1 to 16384 visible ASCII signs";

    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final int ADDRESS_MOST = 2_048;

    public ClusterCredentials {
        if (address(address.toString()).isEmpty()) {
            throw new IllegalArgumentException(
                    "api_server: %s (expected: %s)".formatted(address, ADDRESS_RULE));
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("token: not shown (expected: " + TOKEN_RULE + ")");
        }
    }

    /** Reads the address of a cluster; empty when it breaks the rule. */
    public static Optional<URI> address(String text) {
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (trimmed.length() > ADDRESS_MOST) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(trimmed);
            boolean fits =
                    "https".equals(address.getScheme())
                            && address.getHost() != null
                            && address.getRawUserInfo() == null
                            && address.getRawQuery() == null
                            && address.getRawFragment() == null;
            return fits ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether a text may be a token. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "ClusterCredentials[address=%s]".formatted(address);
    }
}
