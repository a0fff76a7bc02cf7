package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a server's tokens. */
final class TokenVerbs {

    /** The group. */
    static final Group ALL =
            new Group(
                    "token",
                    "tokens of a server: create, list, revoke",
                    List.of(
                            new Section(
                                    "Tokens",
                                    List.of(
                                            new Single(
                                                    "create",
                                                    "",
                                                    "make a token and show it, once",
                                                    TokenCreateVerb::new),
                                            new Single(
                                                    "list",
                                                    "",
                                                    "tokens, the oldest first",
                                                    TokenListVerb::new),
                                            new Single(
                                                    "revoke",
                                                    "ID",
                                                    "make a token worthless at once",
                                                    TokenRevokeVerb::new)))),
                    """

                    Only an administrator of all workspaces may use these verbs.\
                    """);

    private TokenVerbs() {}
}
