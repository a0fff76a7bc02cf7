package dev.windrow.api.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Problem;
import dev.windrow.runtime.host.OidcSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads from a token that is believed who a caller is and what it may do. */
final class ClaimReader {

    private static final String ALL_WORKSPACES = "*";
    private static final Pattern USER = Pattern.compile("[!-~]{1,200}");
    private static final Pattern WORKSPACE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

    private final OidcSettings settings;

    ClaimReader(OidcSettings settings) {
        this.settings = settings;
    }

    /**
     * The caller. Its name begins with {@code oidc:}, as that of no token of the server does.
     *
     * @throws Problem 403 when the token gives no role or no workspace
     */
    Caller caller(JWTClaimsSet claims) {
        String user = text(claim(claims, settings.userClaim())).orElse("");
        if (!USER.matcher(user).matches()) {
            throw lacking(settings.userClaim(), "1 to 200 visible ASCII signs");
        }
        return new Caller("oidc:" + user, role(claims), workspace(claims), Set.of());
    }

    private Role role(JWTClaimsSet claims) {
        List<String> given = texts(claim(claims, settings.roleClaim()));
        for (Role role : List.of(Role.ADMIN, Role.SUBMITTER, Role.READER)) {
            if (given.contains(role.text())) {
                return role;
            }
        }
        throw lacking(settings.roleClaim(), "reader, submitter or admin, or a list with one");
    }

    private Optional<String> workspace(JWTClaimsSet claims) {
        if (settings.workspaceClaim().isEmpty()) {
            return Optional.empty();
        }
        String name = settings.workspaceClaim().get();
        String given = text(claim(claims, name)).orElse("");
        if (given.equals(ALL_WORKSPACES)) {
            return Optional.empty();
        }
        if (!WORKSPACE.matcher(given).matches()) {
            throw lacking(name, "the name of a workspace, or * for all");
        }
        return Optional.of(given);
    }

    private static Problem lacking(String claim, String rule) {
        return Problem.of(
                403, "FORBIDDEN", "claim %s: not this (expected: %s)".formatted(claim, rule));
    }

    /** The claim of that very name, else the one that its dots lead to. */
    private static @Nullable Object claim(JWTClaimsSet claims, String name) {
        Object found = claims.getClaim(name);
        if (found != null) {
            return found;
        }
        Object place = claims.getClaims();
        for (String part : name.split("\\.")) {
            place = place instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return place;
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case String text -> List.of(text);
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }
}
