package dev.windrow.cli.view;

import dev.windrow.client.AccessToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a token, for people and for programs. */
public final class TokenText {

    /** The heads of a table. */
    public static final List<String> HEADS =
            List.of("ID", "USER", "ROLE", "WORKSPACE", "COMPUTES", "EXPIRES", "MADE BY");

    private TokenText() {}

    /** All of it. */
    public static Map<String, @Nullable Object> document(AccessToken token) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", token.id());
        document.put("user", token.user());
        document.put("role", token.role());
        document.put("workspace", token.workspace().orElse(null));
        document.put("computes", token.computes().isEmpty() ? null : token.computes());
        document.put("created_at", token.createdAt().toString());
        document.put("created_by", token.createdBy());
        document.put("expires_at", token.expiresAt().map(Instant::toString).orElse(null));
        return document;
    }

    /** A row of a table. */
    public static List<String> row(AccessToken token) {
        return List.of(
                token.id(),
                token.user(),
                token.role(),
                token.workspace().orElse("all"),
                token.computes().isEmpty() ? "all" : String.join(",", token.computes()),
                token.expiresAt().map(Instant::toString).orElse("never"),
                token.createdBy());
    }
}
