package dev.windrow.client;

import java.util.Objects;

/**
 * A token that was just made. No server ever shows it again.
 *
 * @param token what callers say to the server
 */
public record MadeToken(String token, AccessToken about) {
    /** Insists on the token. */
    public MadeToken {
        Objects.requireNonNull(token, "token");
    }

    /** Leaves the token out, so that it is in no log by accident. */
    @Override
    public String toString() {
        return "MadeToken[" + about + "]";
    }
}
