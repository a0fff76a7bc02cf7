package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a server's datastores; they speak to a server and read no home. */
final class DatastoreVerbs {

    private static final Section ALL_OF_THEM =
            new Section(
                    "Verbs",
                    List.of(
                            new Single(
                                    "create",
                                    "[NAME] [FILE]",
                                    "make or change one",
                                    DatastoreCreateVerb::new),
                            new Single("list", "", "datastores by name", DatastoreListVerb::new),
                            new Single("show", "[NAME]", "where it is", DatastoreShowVerb::new),
                            new Single(
                                    "check",
                                    "[NAME]",
                                    "whether the server can read and write it",
                                    DatastoreCheckVerb::new),
                            new Single(
                                    "delete",
                                    "[NAME]",
                                    "forget it; its files stay",
                                    DatastoreDeleteVerb::new)));

    /** The group. */
    static final Group ALL =
            new Group(
                    "datastore",
                    "folders that a server's jobs name",
                    List.of(ALL_OF_THEM),
                    """

                    Jobs name a place in one by azureml://datastores/NAME/paths/PATH.\
                    """);

    private DatastoreVerbs() {}
}
