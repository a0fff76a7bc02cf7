package dev.windrow.worker.remote;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A server, and the token that it knows this agent by. */
final class ServerAddress {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final String AGENT = "/api/v1/agent/";

    private final URI url;
    private final HttpClient http;
    private volatile String token;

    /**
     * Trusts what this process does.
     *
     * @param url without a path of its own
     * @param token of the job
     */
    ServerAddress(URI url, String token) {
        this(url, token, usual());
    }

    /**
     * @param trust decides whether a server is the one it is said to be; its name has to be in its
     *     certificate besides
     */
    ServerAddress(URI url, String token, SSLContext trust) {
        this.url = url;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .connectTimeout(CONNECT_MAX)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Another token takes the place of this one. */
    void renew(String other) {
        token = other;
    }

    String authorization() {
        return "Bearer " + token;
    }

    HttpClient http() {
        return http;
    }

    /** A request to one of the agents' operations. */
    HttpRequest.Builder request(String path, Duration limit) {
        return HttpRequest.newBuilder(at(path))
                .timeout(limit)
                .header("Authorization", authorization());
    }

    private URI at(String path) {
        return URI.create(url + AGENT + path);
    }

    /** Where the agents' WebSocket is. */
    URI socket(int agent) {
        String text = at("link?agent=" + agent).toString();
        return URI.create("ws" + text.substring("http".length()));
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
