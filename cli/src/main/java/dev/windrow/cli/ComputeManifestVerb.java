package dev.windrow.cli;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.AttachmentParts;
import dev.windrow.model.compute.ClusterManifest;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what the owner of a cluster applies before it is attached; asks nobody. */
final class ComputeManifestVerb implements Verb {

    private final OptionSpec namespace =
            Args.text("NAME", "the namespace of its jobs (default: default)", "--namespace");

    @Override
    public Page describe() {
        return Page.of(
                        "Prints what gives a server its rights in a namespace, for kubectl: an"
                                + " account for the server with a token, the rights that it needs"
                                + " there and none elsewhere, and an account without rights for"
                                + " the pods of jobs.")
                .options("Where", namespace)
                .examples("windrow compute manifest --namespace team-a | kubectl apply -f -");
    }

    @Override
    public int run(Shell shell) {
        String name = Args.text(namespace).orElse(Attachment.USUAL_NAMESPACE);
        if (!AttachmentParts.isNamespace(name)) {
            throw new UsageException(
                    "--namespace: %s (expected: %s)"
                            .formatted(name, AttachmentParts.NAMESPACE_RULE));
        }
        shell.out(List.of(ClusterManifest.yaml(name).stripTrailing()));
        return ExitCode.COMPLETED;
    }
}
