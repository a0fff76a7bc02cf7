package dev.windrow.model.compute;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which cluster is meant. */
public sealed interface ClusterReference {

    /** The rule in words, to follow "expected:". */
    String RULE =
            "/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME,"
                    + " /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Kubernetes/connectedClusters/NAME,"
                    + " context:NAME of the server's kubeconfig, in-cluster, or the https address of a cluster whose credentials are given";

    /**
     * Azure's id of a cluster; as with Azure, text after its name does no harm.
     *
     * @param text as it was given
     */
    record AzureResource(String text) implements ClusterReference {
        private static final String SEGMENT = "[A-Za-z0-9_.-]+";
        private static final Pattern ID =
                Pattern.compile(
                        "/subscriptions/"
                                + SEGMENT
                                + "/resourceGroups/"
                                + SEGMENT
                                + "/providers/(Microsoft\\.ContainerService/managedClusters"
                                + "|Microsoft\\.Kubernetes/connectedClusters)/"
                                + SEGMENT
                                + "[!-~]{0,1024}",
                        Pattern.CASE_INSENSITIVE);
    }

    /**
     * A context of the server's kubeconfig.
     *
     * @param name of the context
     */
    record Context(String name) implements ClusterReference {
        private static final String PREFIX = "context:";
        private static final Pattern NAME = Pattern.compile("[!-~]{1,253}");

        @Override
        public String text() {
            return PREFIX + name;
        }
    }

    /**
     * The address of a cluster that lets the server in by a token.
     *
     * @param url as the rule of credentials has it
     */
    record Address(URI url) implements ClusterReference {
        private static final String PREFIX = "https://";

        @Override
        public String text() {
            return url.toString();
        }
    }

    /** The cluster that the server itself runs in. */
    record InCluster() implements ClusterReference {
        private static final String TEXT = "in-cluster";

        @Override
        public String text() {
            return TEXT;
        }
    }

    /** Gives it as users write it. */
    String text();

    /** Reads what users write; empty when it breaks the rule. */
    static Optional<ClusterReference> parse(String text) {
        if (text.equals(InCluster.TEXT)) {
            return Optional.of(new InCluster());
        }
        if (text.startsWith(Context.PREFIX)) {
            String name = text.substring(Context.PREFIX.length());
            return Context.NAME.matcher(name).matches()
                    ? Optional.of(new Context(name))
                    : Optional.empty();
        }
        if (text.startsWith(Address.PREFIX)) {
            return ClusterCredentials.address(text).map(Address::new);
        }
        return AzureResource.ID.matcher(text).matches()
                ? Optional.of(new AzureResource(text))
                : Optional.empty();
    }
}
