package dev.windrow.worker.remote;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** A server, and the token that it knows this agent by. */
final class ServerAddress {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final String AGENT = "/api/v1/agent/";

    private final URI url;
    private final HttpClient http;
    private volatile String token;

    /**
     * @param url without a path of its own
     * @param token of the job
     */
    ServerAddress(URI url, String token) {
        this.url = url;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
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
