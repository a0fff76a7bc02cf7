package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** All verbs there are. */
final class Verbs {

    private static final Section RUNNING =
            new Section(
                    "Run jobs",
                    List.of(
                            new Single(
                                    "run",
                                    "FILE",
                                    "run the job of a YAML file to its end",
                                    RunVerb::new),
                            new Single(
                                    "validate",
                                    "FILE",
                                    "check it as run would, and print the settings it would run by",
                                    ValidateVerb::new),
                            new Single(
                                    "resume",
                                    "NAME",
                                    "go on with a job that was stopped, canceled or failed",
                                    ResumeVerb::new)));

    private static final Section LOOKING =
            new Section(
                    "Look at jobs",
                    List.of(
                            new Single("list", "", "all jobs, the latest first", ListVerb::new),
                            new Single(
                                    "show",
                                    "NAME",
                                    "how far a job is, or what became of it",
                                    ShowVerb::new),
                            new Single(
                                    "logs",
                                    "NAME [FILE]",
                                    "its log files, or one of them",
                                    LogsVerb::new),
                            new Single("dump", "NAME [FILE]", "the job as YAML", DumpVerb::new)));

    private static final Section SERVING =
            new Section(
                    "Serve jobs",
                    List.of(
                            new Single(
                                    "server",
                                    "",
                                    "serve jobs over HTTP until it is stopped",
                                    ServerVerb::new),
                            new Single(
                                    "agent",
                                    "",
                                    "let this machine work for a job of a server",
                                    AgentVerb::new),
                            JobVerbs.ALL,
                            ComputeVerbs.ALL,
                            DatastoreVerbs.ALL,
                            SecretVerbs.ALL,
                            TokenVerbs.ALL,
                            ContextVerbs.ALL));

    private static final Section TIDYING =
            new Section(
                    "Tidy up and set up",
                    List.of(
                            new Single(
                                    "prune",
                                    "",
                                    "remove jobs that ended some time ago",
                                    PruneVerb::new),
                            new Single(
                                    "completion",
                                    "SHELL",
                                    "print a completion script for bash or zsh",
                                    CompletionVerb::new)));

    private static final String CLOSING =
            """
              -V, --version      print the version

            Jobs are kept in the folder WINDROW_HOME, by default ~/.windrow.
            Exit codes: 0 Completed, 4 Failed, 5 canceled by someone else, 130 interrupted,
            2 invalid input or a conflict, 3 not found, 1 anything else.\
            """;

    /** The command itself. */
    static final Group ALL =
            new Group(
                    "windrow",
                    "windrow runs Azure ML parallel jobs on machines you own.",
                    List.of(RUNNING, LOOKING, SERVING, TIDYING),
                    CLOSING);

    private Verbs() {}
}
