package dev.windrow.cli;

import dev.windrow.cli.view.ComputeText;
import dev.windrow.client.AttachConfiguration;
import dev.windrow.client.ComputeClient;
import dev.windrow.client.KubernetesCompute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private final ClusterOptions cluster = new ClusterOptions();
    private final OptionSpec serverUrl =
            Args.text(
                    "URL",
                    "the Windrow server's address as pods see it (default: its public one)",
                    "--server-url");
    private final OptionSpec identityType =
            Args.text("TYPE", "SystemAssigned or UserAssigned", "--identity-type");
    private final OptionSpec identities =
            Args.texts(
                    "ID[,ID]",
                    "identities of the user, with UserAssigned; repeatable",
                    "-i",
                    "--identity-ids",
                    "--user-assigned-identities");
    private final PodOptions pods = new PodOptions();
    private final OptionSpec description = Args.text("TEXT", "what it is for", "--description");
    private final OptionSpec tags = Args.texts("KEY=VALUE", "a label; repeatable", "--tag");
    private final OptionSpec noWait = Args.flag("return before it has come to an end", "--no-wait");
    private final ServerOptions server = ServerOptions.besideACluster();

    @Override
    public Page describe() {
        return Page.of(
                        "Attaches a cluster, and waits until the server has looked whether jobs can"
                                + " run there. The same again changes nothing; something else under"
                                + " the name attaches it anew. Options win over the file.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which cluster", clusterOptions())
                .options("As whom", identityType, identities)
                .options("The pods of its jobs", pods.all())
                .options("Labels", description, tags)
                .options("What happens then", noWait)
                .options("Which server, and what is printed", server.all())
                .examples(
                        "windrow compute manifest --namespace team-a | kubectl apply -f -",
                        "windrow compute attach gpu --context prod --namespace team-a",
                        "windrow compute attach -n gpu -f compute.yml --no-wait");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Optional<Path> path = compute.file();
        AttachFile file = path.isPresent() ? AttachFile.read(path.get()) : AttachFile.none();
        String name = compute.name(file.name());
        AttachConfiguration configuration = configuration(shell, file);
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

    private List<OptionSpec> clusterOptions() {
        List<OptionSpec> all = new ArrayList<>(cluster.all());
        all.addFirst(type);
        all.add(serverUrl);
        return all;
    }

    private AttachConfiguration configuration(Shell shell, AttachFile file) throws IOException {
        AttachConfiguration.Builder parameters = file.parameters();
        Args.text(type)
                .filter(asked -> !asked.toLowerCase(Locale.ROOT).equals("kubernetes"))
                .ifPresent(asked -> {
                    throw new UsageException("--type: %s (expected: Kubernetes)".formatted(asked));
                });
        cluster.addTo(parameters, file.namespace(), shell);
        Args.text(serverUrl).ifPresent(parameters::serverUrl);
        Args.text(identityType).ifPresent(parameters::identityType);
        List<String> ids =
                Args.texts(identities).stream()
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .map(String::strip)
                        .toList();
        if (!ids.isEmpty()) {
            parameters.identityIds(ids);
        }
        pods.addTo(parameters);
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
