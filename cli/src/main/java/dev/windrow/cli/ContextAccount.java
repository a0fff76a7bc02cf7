package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What {@code --context} stands for: the address and certificates of a cluster from the user's
 * kubeconfig, and the token of the account that {@code compute manifest} makes. Nothing else of the
 * kubeconfig is read, the user's own credentials least of all.
 */
final class ContextAccount {

    private static final String CLUSTER = "{.clusters[0].cluster.";

    private final Kubectl kubectl;
    private final String context;
    private final String namespace;

    ContextAccount(Kubectl kubectl, String context, String namespace) {
        this.kubectl = kubectl;
        this.context = context;
        this.namespace = namespace;
    }

    /** Makes the namespace as the user, unless it is there. */
    void makeNamespace() throws IOException {
        if (!kubectl.run("get", "namespace", namespace, "--output=name").well()) {
            Kubectl.Said made = kubectl.run("create", "namespace", namespace);
            if (!made.well()) {
                throw new EngineException(
                        ErrorCode.INVALID_JOB_SPEC,
                        "--create-namespace: %s cannot be made: %s"
                                .formatted(namespace, line(made.err())));
            }
        }
    }

    /** Reads them. */
    ClusterCredentials read() throws IOException {
        URI address = address();
        String authority = config("certificate-authority-data}");
        Kubectl.Said secret = secret("{.data.token}");
        String token = decoded(secret.out());
        if (token.isEmpty()) {
            throw noToken("it has no token yet");
        }
        String pem = decoded(authority.isEmpty() ? secret("{.data['ca\\.crt']}").out() : authority);
        return new ClusterCredentials(address, pem, token.strip());
    }

    private URI address() throws IOException {
        String text = config("server}");
        return ClusterCredentials.address(text)
                .orElseThrow(() ->
                        new UsageException(
                                "--context: %s has the server %s (expected: %s)"
                                        .formatted(
                                                context, text, ClusterCredentials.ADDRESS_RULE)));
    }

    private String config(String field) throws IOException {
        Kubectl.Said said =
                kubectl.run(
                        "config",
                        "view",
                        "--minify",
                        "--flatten",
                        "--raw",
                        "--output=jsonpath=" + CLUSTER + field);
        if (!said.well()) {
            throw new UsageException(
                    "--context: %s (expected: a context of your kubeconfig; kubectl says: %s)"
                            .formatted(context, line(said.err())));
        }
        return said.out().strip();
    }

    private Kubectl.Said secret(String field) throws IOException {
        Kubectl.Said said =
                kubectl.run(
                        "--namespace",
                        namespace,
                        "get",
                        "secret",
                        ClusterManifest.TOKEN,
                        "--output=jsonpath=" + field);
        if (!said.well()) {
            throw noToken(line(said.err()));
        }
        return said;
    }

    private EngineException noToken(String why) {
        return new EngineException(
                ErrorCode.INVALID_JOB_SPEC,
                "secret %s of namespace %s cannot be used: %s; make it: windrow compute manifest --namespace %s | %s"
                        .formatted(
                                ClusterManifest.TOKEN,
                                namespace,
                                why,
                                namespace,
                                kubectl.told("apply -f -")));
    }

    private static String decoded(String text) {
        return new String(Base64.getMimeDecoder().decode(text.strip()), StandardCharsets.UTF_8);
    }

    private static String line(String said) {
        return said.lines().reduce((_, last) -> last).orElse("nothing");
    }
}
