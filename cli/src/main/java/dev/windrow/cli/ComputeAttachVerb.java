package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.AttachConfiguration;
import dev.windrow.client.ComputeClient;
import dev.windrow.client.KubernetesCompute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Attaches a cluster to a server. */
final class ComputeAttachVerb implements Verb {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final NamedThing compute = NamedThing.computeWithFile();
    private final OptionSpec type =
            Args.text("TYPE", "Kubernetes; there is no other", "-t", "--type");
    private final OptionSpec resourceId =
            Args.text(
                    "ID",
                    "which cluster: context:NAME of the server's kubeconfig, in-cluster, or an"
                            + " Azure id of a managedCluster or connectedCluster",
                    "--resource-id");
    private final OptionSpec namespace =
            Args.text("NAME", "the namespace of its jobs (default: default)", "--namespace");
    private final OptionSpec createNamespace =
            Args.flag("make the namespace when it is not there", "--create-namespace");
    private final OptionSpec identityType =
            Args.text("TYPE", "SystemAssigned or UserAssigned", "--identity-type");
    private final OptionSpec identities =
            Args.texts(
                    "ID[,ID]",
                    "identities of the user, with UserAssigned; repeatable",
                    "-i",
                    "--user-assigned-identities");
    private final OptionSpec description = Args.text("TEXT", "what it is for", "--description");
    private final OptionSpec tags = Args.texts("KEY=VALUE", "a label; repeatable", "--tag");
    private final OptionSpec noWait = Args.flag("return before it has come to an end", "--no-wait");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Attaches a cluster, and waits until the server has looked whether jobs can"
                                + " run there. The same again changes nothing; something else under"
                                + " the name attaches it anew. Options win over the file.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which cluster", type, resourceId, namespace, createNamespace)
                .options("As whom", identityType, identities)
                .options("Labels", description, tags)
                .options("What happens then", noWait)
                .options("Which server, and what is printed", server.all())
                .examples(
                        "windrow compute attach gpu --resource-id context:prod --namespace team-a",
                        "windrow compute attach -n gpu -f compute.yml --no-wait");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Optional<Path> path = compute.file();
        AttachFile file = path.isPresent() ? AttachFile.read(path.get()) : AttachFile.none();
        String name = compute.name(file.name());
        AttachConfiguration configuration = configuration(file.parameters());
        ComputeClient computes = server.workspace(shell).computes();
        KubernetesCompute attached = computes.attach(name, configuration);
        if (!Args.given(noWait) && attached.provisioningState().passing()) {
            attached.waitForCompletion(shell.err(), false, LONGEST);
        }
        shell.out(
                server.form(shell)
                        .one(
                                attached.document(),
                                ComputeText.lines(attached),
                                ComputeText.row(attached)));
        return ExitCode.COMPLETED;
    }

    private AttachConfiguration configuration(AttachConfiguration.Builder parameters) {
        Args.text(type)
                .filter(asked -> !asked.toLowerCase(Locale.ROOT).equals("kubernetes"))
                .ifPresent(asked -> {
                    throw new UsageException("--type: %s (expected: Kubernetes)".formatted(asked));
                });
        Args.text(resourceId).ifPresent(parameters::resourceId);
        Args.text(namespace).ifPresent(parameters::namespace);
        if (Args.given(createNamespace)) {
            parameters.createNamespace();
        }
        Args.text(identityType).ifPresent(parameters::identityType);
        List<String> ids =
                Args.texts(identities).stream()
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .map(String::strip)
                        .toList();
        if (!ids.isEmpty()) {
            parameters.identityIds(ids);
        }
        Args.text(description).ifPresent(parameters::description);
        for (String tag : Args.texts(tags)) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--tag: %s (expected: KEY=VALUE)".formatted(tag));
            }
            parameters.tag(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return parameters.build();
    }
}
