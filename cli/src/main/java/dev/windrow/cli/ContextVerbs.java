package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a user's contexts; they ask no server. */
final class ContextVerbs {

    /** The group. */
    static final Group ALL =
            new Group(
                    "context",
                    "servers under names of your own: list, use, set, remove",
                    List.of(
                            new Section(
                                    "Contexts",
                                    List.of(
                                            new Single(
                                                    "list",
                                                    "",
                                                    "all contexts; none shows its token",
                                                    ContextListVerb::new),
                                            new Single(
                                                    "use",
                                                    "NAME",
                                                    "mean this server from now on",
                                                    ContextUseVerb::new),
                                            new Single(
                                                    "set",
                                                    "NAME",
                                                    "make a context or change it",
                                                    ContextSetVerb::new),
                                            new Single(
                                                    "remove",
                                                    "NAME",
                                                    "forget a context",
                                                    ContextRemoveVerb::new)))),
                    """

                    They are kept in the file WINDROW_CONFIG, by default
                    ~/.config/windrow/config.yml.\
                    """);

    private ContextVerbs() {}
}
