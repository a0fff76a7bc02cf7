package dev.windrow.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.windrow.api.http.Caller;
import dev.windrow.api.http.Problem;
import dev.windrow.runtime.host.OidcSettings;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Knows callers by the tokens of an issuer (JWT): signed by one of its keys, for this server, and
 * in time. Only signatures by key pairs are taken.
 */
public final class OidcGate implements AutoCloseable {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int RSA_BITS_LEAST = 2_048;

    private final OidcSettings settings;
    private final KeySource source;
    private final IssuerKeys keys;
    private final Executor threads;
    private final InstantSource clock;
    private final ClaimReader claims;

    /**
     * @param threads verify signatures; may refuse
     * @param faults hears when the issuer cannot be reached
     */
    public OidcGate(
            OidcSettings settings,
            Executor threads,
            InstantSource clock,
            BiConsumer<String, Throwable> faults) {
        this.settings = settings;
        this.source = new KeySource(settings.issuer());
        this.keys = new IssuerKeys(source::fetch, clock, faults);
        this.threads = threads;
        this.clock = clock;
        this.claims = new ClaimReader(settings);
    }

    /** Whether a token looks like one of an issuer. */
    public static boolean looksLike(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        return first > 0 && second > first && token.indexOf('.', second + 1) < 0;
    }

    /** Has the issuer's keys fetched before the first caller comes. */
    public void warmUp() {
        CompletableFuture<IssuerKeys.Found> _ = keys.find(_ -> Optional.empty());
    }

    /** Who says this; fails with a {@link Problem}. Does not block. */
    public CompletionStage<Caller> admit(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                throw refused("signed by an algorithm that is not taken", "RS256, PS256 or ES256");
            }
            JWTClaimsSet said = checked(jwt.getJWTClaimsSet());
            return keys.find(all -> choose(all, jwt))
                    .thenApplyAsync(found -> caller(jwt, said, found), threads);
        } catch (ParseException | IllegalArgumentException _) {
            return CompletableFuture.failedFuture(refused("malformed", "a signed JWT"));
        } catch (Problem problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    /** First what costs nothing: a token for somebody else needs no key. */
    private JWTClaimsSet checked(JWTClaimsSet said) {
        if (!settings.issuer().toString().equals(said.getIssuer())) {
            throw refused("of another issuer", settings.issuer().toString());
        }
        if (said.getAudience() == null || !said.getAudience().contains(settings.audience())) {
            throw refused("for somebody else", "the audience " + settings.audience());
        }
        Instant now = clock.instant();
        Date end = said.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(SKEW))) {
            throw refused("expired", "one in time");
        }
        Date start = said.getNotBeforeTime();
        if (start != null && now.isBefore(start.toInstant().minus(SKEW))) {
            throw refused("of the future", "one in time");
        }
        return said;
    }

    /** The key that is named; without a name the only one that fits. */
    private static Optional<JWK> choose(JWKSet all, SignedJWT jwt) {
        String id = jwt.getHeader().getKeyID();
        List<JWK> fitting =
                all.getKeys().stream()
                        .filter(key -> id == null || id.equals(key.getKeyID()))
                        .filter(key -> fits(key, jwt.getHeader().getAlgorithm()))
                        .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        boolean signs = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean meant = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
        boolean kind =
                algorithm.equals(JWSAlgorithm.ES256)
                        ? key instanceof ECKey curve && Curve.P_256.equals(curve.getCurve())
                        : key instanceof RSAKey rsa && rsa.size() >= RSA_BITS_LEAST;
        return signs && meant && kind;
    }

    private Caller caller(SignedJWT jwt, JWTClaimsSet said, IssuerKeys.Found found) {
        return switch (found) {
            case IssuerKeys.Found.Key(JWK key) -> {
                if (!verifies(jwt, key)) {
                    throw refused("not signed by its issuer", "an unchanged one");
                }
                yield claims.caller(said);
            }
            case IssuerKeys.Found.Unknown _ ->
                    throw refused("signed by an unknown key", "one of its issuer");
            case IssuerKeys.Found.NoKeys _ ->
                    throw Problem.of(
                                    503,
                                    "ISSUER_UNAVAILABLE",
                                    "token: cannot be checked (expected: %s can be reached)"
                                            .formatted(settings.issuer()))
                            .with("Retry-After", "5");
        };
    }

    private static boolean verifies(SignedJWT jwt, JWK key) {
        try {
            JWSVerifier verifier =
                    key instanceof ECKey curve
                            ? new ECDSAVerifier(curve.toECPublicKey())
                            : new RSASSAVerifier(key.toRSAKey().toRSAPublicKey());
            return jwt.verify(verifier);
        } catch (JOSEException | IllegalStateException _) {
            return false;
        }
    }

    private static Problem refused(String how, String rule) {
        return Problem.of(401, "UNAUTHORIZED", "token: %s (expected: %s)".formatted(how, rule))
                .with("WWW-Authenticate", "Bearer realm=\"windrow\", error=\"invalid_token\"");
    }

    @Override
    public void close() {
        source.close();
    }
}
