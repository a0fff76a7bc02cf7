package dev.windrow.api.oidc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** A running {@link IssuerMain}. */
public final class Issuer implements AutoCloseable {

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    public Issuer() throws IOException {
        this(0);
    }

    /** One at a port that is free. */
    public Issuer(int port) throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IssuerMain.class.getName(),
                                Integer.toString(port))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        address = URI.create(Objects.requireNonNull(out.readLine(), "an issuer that serves"));
    }

    public URI address() {
        return address;
    }

    /** Asks for something by a POST. */
    public String ask(String path, String body) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** A token of these claims. */
    public String sign(String how, String claims) throws IOException, InterruptedException {
        return ask("/sign/" + how, claims);
    }

    @Override
    public void close() throws IOException {
        client.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
