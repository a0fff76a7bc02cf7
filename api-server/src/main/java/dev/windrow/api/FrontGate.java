package dev.windrow.api;

import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Gate;
import dev.windrow.api.http.Problem;
import dev.windrow.api.oidc.OidcGate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets callers in by a token of the server's own, or by one of the issuer it believes. */
final class FrontGate implements Gate {

    private final TokenGate own;
    private final Optional<OidcGate> issuer;

    FrontGate(TokenGate own, Optional<OidcGate> issuer) {
        this.own = own;
        this.issuer = issuer;
    }

    @Override
    public CompletionStage<Caller> admit(String authorization) {
        try {
            String said = TokenGate.said(authorization);
            return issuer.isPresent() && OidcGate.looksLike(said)
                    ? issuer.get().admit(said)
                    : CompletableFuture.completedFuture(own.admit(authorization));
        } catch (Problem problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }
}
