package dev.windrow.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Lets browsers, which ask people for a name and a password, send a token. For reading only: a
 * browser adds a password by itself, also to what another site makes it send.
 */
final class BasicHeader {

    private static final String SCHEME = "Basic ";

    private BasicHeader() {}

    /** The same as a bearer's header; as it is when it is no Basic one. */
    static String asBearer(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return header;
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return "Bearer " + text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException _) {
            return header;
        }
    }
}
