package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a server's computes; they speak to a server and read no home. */
final class ComputeVerbs {

    private static final Section ATTACHING =
            new Section(
                    "Attach and detach",
                    List.of(
                            new Single(
                                    "manifest",
                                    "",
                                    "print what gives a server its rights in a namespace",
                                    ComputeManifestVerb::new),
                            new Single(
                                    "attach",
                                    "[NAME] [FILE]",
                                    "attach a cluster that is there",
                                    ComputeAttachVerb::new),
                            new Single(
                                    "wait",
                                    "[NAME]",
                                    "wait until what goes on with it has ended",
                                    ComputeWaitVerb::new),
                            new Single(
                                    "detach",
                                    "[NAME]",
                                    "take it away; the cluster stays as it is",
                                    ComputeDetachVerb::new),
                            new Single(
                                    "delete",
                                    "[NAME]",
                                    "refused; it says what to do instead",
                                    ComputeDeleteVerb::new)));

    private static final Section LOOKING =
            new Section(
                    "Look at computes",
                    List.of(
                            new Single("list", "", "computes by name", ComputeListVerb::new),
                            new Single("show", "[NAME]", "what it is", ComputeShowVerb::new),
                            new Single(
                                    "status",
                                    "[NAME]",
                                    "how it is, and what runs on it",
                                    ComputeStatusVerb::new),
                            new Single(
                                    "quota",
                                    "[NAME]",
                                    "what of it is used, and the limits",
                                    ComputeQuotaVerb::new)));

    /** The group. */
    static final Group ALL =
            new Group(
                    "compute",
                    "where a server's jobs run: attach, status and more",
                    List.of(ATTACHING, LOOKING),
                    """

                    The compute local is the server's own machine; it is always there.\
                    """);

    private ComputeVerbs() {}
}
