package dev.windrow.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new token is to be.
 *
 * @param user whom it is for
 * @param role reader, submitter or admin
 * @param workspace the only one it is good for; empty for all
 * @param computes the only ones whose jobs it may submit and change; none for all
 * @param lifetime whole seconds it is good for; empty for ever
 */
public record TokenRequest(
        String user,
        String role,
        Optional<String> workspace,
        List<String> computes,
        Optional<Duration> lifetime) {
    /** Copies the list; the server checks the rest. */
    public TokenRequest {
        computes = List.copyOf(computes);
    }

    /** Asks for a token for all workspaces and computes that never expires. */
    public static TokenRequest of(String user, String role) {
        return new TokenRequest(user, role, Optional.empty(), List.of(), Optional.empty());
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("user", user);
        document.put("role", role);
        workspace.ifPresent(name -> document.put("workspace", name));
        if (!computes.isEmpty()) {
            document.put("computes", computes);
        }
        lifetime.ifPresent(time -> document.put("expires_in_seconds", time.toSeconds()));
        return document;
    }
}
