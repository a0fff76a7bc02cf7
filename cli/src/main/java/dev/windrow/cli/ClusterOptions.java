package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.AttachmentParts;
import dev.windrow.model.compute.ClusterCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Which cluster is attached, and how the server gets in. */
final class ClusterOptions {

    private final OptionSpec context =
            Args.text(
                    "NAME",
                    "the cluster of this context of your kubeconfig; kubectl is asked for its"
                            + " address and for the token that compute manifest makes, and nothing"
                            + " else of the kubeconfig is sent",
                    "--context");
    private final OptionSpec inCluster =
            Args.flag("the cluster that the server runs in", "--in-cluster");
    private final OptionSpec resourceId =
            Args.text(
                    "ID",
                    "context:NAME of the server's kubeconfig, in-cluster, or an Azure id of a"
                            + " managedCluster or connectedCluster",
                    "--resource-id");
    private final OptionSpec apiServer =
            Args.text("URL", "the cluster at this address, without kubectl", "--api-server");
    private final OptionSpec tokenFile =
            Args.path(
                    "FILE",
                    "with --api-server: holds the token of the account windrow there",
                    "--token-file");
    private final OptionSpec caFile =
            Args.path(
                    "FILE",
                    "with --api-server: certificates that vouch for it, in PEM; else those that"
                            + " the server's machine trusts",
                    "--ca-file");
    private final OptionSpec namespace =
            Args.text("NAME", "the namespace of its jobs (default: default)", "--namespace");
    private final OptionSpec createNamespace =
            Args.flag("make the namespace when it is not there", "--create-namespace");

    List<OptionSpec> all() {
        return List.of(
                context,
                inCluster,
                resourceId,
                apiServer,
                tokenFile,
                caFile,
                namespace,
                createNamespace);
    }

    /**
     * Adds what was given.
     *
     * @param parameters of the file, if there is one
     */
    void addTo(AttachConfiguration.Builder parameters, Optional<String> inFile, Shell shell)
            throws IOException {
        check();
        Args.text(namespace).ifPresent(parameters::namespace);
        if (Args.given(createNamespace)) {
            parameters.createNamespace();
        }
        if (Args.given(inCluster)) {
            parameters.resourceId("in-cluster");
        }
        Args.text(resourceId).ifPresent(parameters::resourceId);
        if (Args.text(context).isPresent()) {
            String where = Args.text(namespace).or(() -> inFile).orElse(Attachment.USUAL_NAMESPACE);
            ClusterCredentials account = ofContext(shell, Args.text(context).get(), where);
            parameters.resourceId(account.address().toString()).credentials(account);
        }
        if (Args.text(apiServer).isPresent()) {
            ClusterCredentials account = given(Args.text(apiServer).get());
            if (Args.text(resourceId).isEmpty()) {
                parameters.resourceId(account.address().toString());
            }
            parameters.credentials(account);
        }
    }

    private void check() {
        List<String> named =
                Stream.of(context, inCluster, resourceId, apiServer)
                        .filter(option -> Args.text(option).isPresent())
                        .filter(option -> !"false".equals(Args.text(option).orElseThrow()))
                        .map(OptionSpec::longestName)
                        .toList();
        boolean labeled = named.equals(List.of("--resource-id", "--api-server"));
        if (named.size() > 1 && !labeled) {
            throw new UsageException(
                    "%s: given together (expected: one of --context, --in-cluster, --resource-id and --api-server)"
                            .formatted(String.join(", ", named)));
        }
        if (Args.text(apiServer).isEmpty()) {
            for (OptionSpec one : List.of(tokenFile, caFile)) {
                if (Args.path(one).isPresent()) {
                    throw new UsageException(
                            "%s: given without --api-server (expected: with it; the Windrow server's own is --server-%s here)"
                                    .formatted(one.longestName(), one.longestName().substring(2)));
                }
            }
        } else if (Args.path(tokenFile).isEmpty()) {
            throw new UsageException("--token-file: missing (expected: given with --api-server)");
        }
    }

    private ClusterCredentials ofContext(Shell shell, String name, String where)
            throws IOException {
        if (!AttachmentParts.isNamespace(where)) {
            throw new UsageException(
                    "--namespace: %s (expected: %s)"
                            .formatted(where, AttachmentParts.NAMESPACE_RULE));
        }
        ContextAccount account = new ContextAccount(Kubectl.find(shell, name), name, where);
        if (Args.given(createNamespace)) {
            account.makeNamespace();
        }
        return account.read();
    }

    private ClusterCredentials given(String url) throws IOException {
        URI address =
                ClusterCredentials.address(url)
                        .orElseThrow(() ->
                                new UsageException(
                                        "--api-server: %s (expected: %s)"
                                                .formatted(url, ClusterCredentials.ADDRESS_RULE)));
        Path file = Args.path(tokenFile).orElseThrow();
        String token = Files.readString(file).strip();
        if (!ClusterCredentials.isToken(token)) {
            throw new UsageException(
                    "--token-file: %s (expected: in it %s)"
                            .formatted(file, ClusterCredentials.TOKEN_RULE));
        }
        Optional<Path> authority = Args.path(caFile);
        return new ClusterCredentials(
                address, authority.isPresent() ? Files.readString(authority.get()) : "", token);
    }
}
