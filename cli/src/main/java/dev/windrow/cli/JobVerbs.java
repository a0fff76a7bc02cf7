package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import dev.windrow.cli.Choice.Single;
import java.util.List;

/** The verbs of a server's jobs; they speak to a server and read no home. */
final class JobVerbs {

    private static final Section SUBMITTING =
            new Section(
                    "Submit and watch",
                    List.of(
                            new Single("create", "[FILE]", "submit a job file", JobCreateVerb::new),
                            new Single(
                                    "validate",
                                    "[FILE]",
                                    "check it as create would, and submit nothing",
                                    JobValidateVerb::new),
                            new Single(
                                    "stream",
                                    "[NAME]",
                                    "watch a job to its end",
                                    JobStreamVerb::new),
                            new Single("cancel", "[NAME]", "ask a job to stop", JobActVerb::cancel),
                            new Single(
                                    "retry",
                                    "[NAME]",
                                    "make a job of what has failed",
                                    JobRetryVerb::new),
                            new Single(
                                    "agent-token",
                                    "[NAME]",
                                    "let other machines work for a job",
                                    JobAgentTokenVerb::new)));

    private static final Section LOOKING =
            new Section(
                    "Look at jobs",
                    List.of(
                            new Single("list", "", "jobs, the latest first", JobListVerb::new),
                            new Single(
                                    "show",
                                    "[NAME]",
                                    "how far a job is, or what became of it",
                                    JobShowVerb::new),
                            new Single(
                                    "why",
                                    "[NAME]",
                                    "what it waits for, or why it ended so",
                                    JobWhyVerb::new),
                            new Single(
                                    "mini-batches",
                                    "[NAME]",
                                    "its mini-batches, or one with its traceback",
                                    JobMiniBatchesVerb::new),
                            new Single(
                                    "logs",
                                    "[NAME] [FILE]",
                                    "its log files, or one of them",
                                    JobLogsVerb::new),
                            new Single(
                                    "download",
                                    "[NAME]",
                                    "bring its logs and outputs here",
                                    JobDownloadVerb::new),
                            new Single(
                                    "dump", "[NAME] [FILE]", "the job as YAML", JobDumpVerb::new)));

    private static final Section CHANGING =
            new Section(
                    "Change what is kept",
                    List.of(
                            new Single(
                                    "update",
                                    "[NAME]",
                                    "change tags and texts",
                                    JobUpdateVerb::new),
                            new Single(
                                    "archive",
                                    "[NAME]",
                                    "leave it out of lists",
                                    JobActVerb::archive),
                            new Single(
                                    "restore",
                                    "[NAME]",
                                    "show it in lists again",
                                    JobActVerb::restore),
                            new Single(
                                    "delete",
                                    "[NAME]",
                                    "remove it, but not its outputs",
                                    JobDeleteVerb::new)));

    /** The group. */
    static final Group ALL =
            new Group(
                    "job",
                    "jobs of a server: create, show, stream and more",
                    List.of(SUBMITTING, LOOKING, CHANGING),
                    """

                    A server is started by windrow server. Which one is meant: --server, else
                    WINDROW_SERVER, else the context in use, else http://127.0.0.1:7480.\
                    """);

    private JobVerbs() {}
}
