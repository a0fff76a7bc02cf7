package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a workspace's secrets. */
final class SecretVerbs {

    /** The group. */
    static final Group ALL =
            new Group(
                    "secret",
                    "secrets of a workspace: set, list, remove",
                    List.of(
                            new Section(
                                    "Secrets",
                                    List.of(
                                            new Single(
                                                    "set",
                                                    "NAME",
                                                    "keep a secret",
                                                    SecretSetVerb::new),
                                            new Single(
                                                    "list",
                                                    "",
                                                    "their names; no value is ever shown",
                                                    SecretListVerb::new),
                                            new Single(
                                                    "remove",
                                                    "NAME",
                                                    "forget a secret",
                                                    SecretRemoveVerb::new)))),
                    """

                    A job refers to a secret by ${{secrets.NAME}} in environment_variables. A run
                    without a server also finds it in the variable WINDROW_SECRET_NAME.\
                    """);

    private SecretVerbs() {}
}
