package dev.windrow.api.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.runtime.host.OidcSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A real issuer, and a clock that a test can set. */
final class OidcGateTest {

    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-01T12:00:00Z");

    private OidcGate gate(Issuer issuer) {
        OidcSettings settings =
                new OidcSettings(
                        issuer.address(),
                        "windrow",
                        "https://claims.example/role",
                        Optional.empty(),
                        "email");
        return new OidcGate(settings, Runnable::run, () -> now, (what, _) -> faults.add(what));
    }

    private String token(Issuer issuer) throws Exception {
        return issuer.sign(
                "RS256",
                """
                {"iss":"%s","aud":["x","windrow"],"email":"ada@barn.example","exp":%d,
                 "https://claims.example/role":"submitter"}
                """
                        .formatted(issuer.address(), now.getEpochSecond() + 3_600));
    }

    private static Caller admit(OidcGate gate, String token) {
        return gate.admit(token).toCompletableFuture().join();
    }

    @Test
    void takesANewKeyAndForgetsTheOldOneOnceItHasLookedAgain() throws Exception {
        try (Issuer issuer = new Issuer();
                OidcGate gate = gate(issuer)) {
            String old = token(issuer);
            Caller caller = admit(gate, old);
            assertThat(caller.user()).isEqualTo("oidc:ada@barn.example");
            assertThat(caller.role()).isEqualTo(Role.SUBMITTER);
            issuer.ask("/rotate", "");
            String fresh = token(issuer);
            assertThatThrownBy(() -> admit(gate, fresh)).hasMessageContaining("unknown key");
            now = now.plus(IssuerKeys.LEAST_PAUSE);
            assertThat(admit(gate, fresh)).isEqualTo(caller);
            assertThatThrownBy(() -> admit(gate, old)).hasMessageContaining("unknown key");
            assertThat(issuer.ask("/fetches", "")).isEqualTo("2");
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void goesOnWithItsKeysWhileTheIssuerIsDownForLonger() throws Exception {
        Issuer issuer = new Issuer();
        String token = token(issuer);
        try (OidcGate gate = gate(issuer)) {
            admit(gate, token);
            issuer.close();
            now = now.plusSeconds(1_800);
            assertThat(admit(gate, token).role()).isEqualTo(Role.SUBMITTER);
        }
    }
}
