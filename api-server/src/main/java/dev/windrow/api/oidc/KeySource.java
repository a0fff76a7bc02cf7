package dev.windrow.api.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.windrow.runtime.host.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches an issuer's keys: its discovery document, and what that names. */
final class KeySource implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int WHOLE_SECONDS = 10;
    private static final int BYTES_MOST = 256 << 10;
    private static final int KEYS_MOST = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI issuer;
    private final URI discovery;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    KeySource(URI issuer) {
        this.issuer = issuer;
        String text = issuer.toString();
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.discovery = URI.create(bare + "/.well-known/openid-configuration");
    }

    /** The keys as they are now; does not block. Fails with an {@link IOException}. */
    CompletableFuture<JWKSet> fetch() {
        return get(discovery)
                .thenCompose(document -> get(keysAddress(document)))
                .thenApply(KeySource::keys)
                .orTimeout(WHOLE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> get(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(CONNECT)
                        .header("Accept", "application/json")
                        .build();
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), BYTES_MOST))
                .thenApply(answer -> body(address, answer));
    }

    private static String body(URI address, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw broken("%s: status %d (expected: 200)".formatted(address, answer.statusCode()));
        }
        return answer.body();
    }

    private URI keysAddress(String document) {
        try {
            JsonNode node = JSON.readTree(document);
            String said = node.path("issuer").asString("");
            if (!said.equals(issuer.toString())) {
                throw broken("%s: issuer %s (expected: %s)".formatted(discovery, said, issuer));
            }
            URI keys = URI.create(node.path("jwks_uri").asString(""));
            if (!OidcSettings.isSafe(keys)) {
                throw broken("%s: jwks_uri %s (expected: https)".formatted(discovery, keys));
            }
            return keys;
        } catch (JacksonException | IllegalArgumentException e) {
            throw broken("%s: no discovery document".formatted(discovery));
        }
    }

    private static JWKSet keys(String document) {
        try {
            JWKSet keys = JWKSet.parse(document);
            if (keys.getKeys().size() <= KEYS_MOST) {
                return keys;
            }
        } catch (ParseException | RuntimeException _) {
            // Told below.
        }
        throw broken("jwks_uri: no key set (expected: at most %d keys)".formatted(KEYS_MOST));
    }

    private static CompletionException broken(String message) {
        return new CompletionException(new IOException(message));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
