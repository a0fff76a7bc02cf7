package dev.windrow.cli;

import java.util.Optional;

/** The help that is shown, by verb. A test holds it against the options there are. */
final class HelpText {

    private HelpText() {}

    /** The help of a verb; empty for what is none. */
    static Optional<String> of(String verb) {
        return Optional.ofNullable(
                switch (verb) {
                    case "run" -> RUN;
                    case "validate" -> VALIDATE;
                    case "resume" -> RESUME;
                    case "list" -> LIST;
                    case "show" -> SHOW;
                    case "logs" -> LOGS;
                    case "dump" -> DUMP;
                    case "prune" -> PRUNE;
                    case "completion" -> COMPLETION;
                    default -> null;
                });
    }

    static String overview() {
        return OVERVIEW;
    }

    private static final String OVERVIEW =
            """
            windrow runs Azure ML parallel jobs on machines you own.

            Run jobs
              run FILE           run the job of a YAML file to its end
              validate FILE      check it as run would, and print the settings it would run by
              resume NAME        go on with a job that was stopped, canceled or failed

            Look at jobs
              list               all jobs, the latest first
              show NAME          how far a job is, or what became of it
              logs NAME [FILE]   its log files, or one of them
              dump NAME [FILE]   the job as YAML

            Tidy up and set up
              prune              remove jobs that ended some time ago
              completion SHELL   print a completion script for bash or zsh

            Options
              -h, --help         this text; windrow VERB --help tells all about a verb
              -V, --version      print the version

            Jobs are kept in the folder WINDROW_HOME, by default ~/.windrow.
            Exit codes: 0 Completed, 4 Failed, 5 canceled by someone else, 130 interrupted,
            2 invalid input or a conflict, 3 not found, 1 anything else.
            """;

    private static final String RUN =
            """
            windrow run FILE [options]
            Runs the job of a YAML file on this machine, to its end.

            Which job
              -n, --name NAME          its name; else the name in the file, else one is made up.
                                       The same name, job and code again: goes on with a job that was
                                       stopped, and only prints the summary of one that has ended.
                  --set path=value     set any field, such as retry_settings.timeout=120; repeatable
                  --input NAME=PATH    another path for an input; repeatable
                  --output NAME=PATH   another path for an output; repeatable
                  --strict-keys        take unknown keys in the file for mistakes

            How it runs
                  --python EXE         the Python of the workers; else WINDROW_PYTHON, an active
                                       virtual environment, python3
                  --instances N        run N agents, each with its own workers (default 1)

            What it says
                  --fail-on-error      exit code 4 also when the job completed with failed items
                  --quiet              print the summary only
                  --json               print one JSON document on standard output instead
              -h, --help               this text

            Ctrl-C cancels the job and keeps what was done; a second one kills at once. Either way
            windrow resume NAME goes on with it.

            Example
              windrow run job.yml -n nightly --input images=/data/2026-11 --set mini_batch_size=20
            """;

    private static final String VALIDATE =
            """
            windrow validate FILE [options]
            Checks a job as run would - all mistakes at once, each with line and column - and
            prints the settings it would run by. Submits nothing. Exit code 0 or 2.

            Which job
              -n, --name NAME          the name it would have
                  --set path=value     set any field; repeatable
                  --input NAME=PATH    another path for an input; repeatable
                  --output NAME=PATH   another path for an output; repeatable
                  --strict-keys        take unknown keys in the file for mistakes

            How it would run
                  --python EXE         the Python of the workers
                  --instances N        how many agents (default 1)

            What it says
                  --json               print one JSON document: {"errors":[...]}
              -h, --help               this text

            Example
              windrow validate job.yml --strict-keys
            """;

    private static final String RESUME =
            """
            windrow resume NAME [options]
            Goes on with a job that was stopped, was canceled or has failed: runs the mini-batches
            that are left, those that failed included. Works from any folder. Of a job that has
            completed it prints the summary again.

            What to change
                  --code FOLDER    use this code from now on; else that of the submission
                  --python EXE     use another Python
                  --instances N    run N agents

            What it says
                  --fail-on-error  exit code 4 also when the job completed with failed items
                  --quiet          print the summary only
                  --json           print one JSON document on standard output instead
              -h, --help           this text

            Example
              windrow resume nightly --code ./src
            """;

    private static final String LIST =
            """
            windrow list [--json]
            Lists all jobs, the latest first, and which process runs each.
                  --json           print one JSON document: an array with an object for each
              -h, --help           this text

            Example
              WINDROW_HOME=/data/windrow windrow list
            """;

    private static final String SHOW =
            """
            windrow show NAME [--json]
            Shows how far a job is, or what became of it, from its ledger.
                  --json           print one JSON document, as run does
              -h, --help           this text

            Example
              windrow show nightly
            """;

    private static final String LOGS =
            """
            windrow logs NAME [FILE] [--follow]
            Lists the log files of a job, or prints one of them.
              -f, --follow         print it, and what is added to it until the job is at its end;
                                   without FILE how the job gets on. Ctrl-C ends this and not the job
              -h, --help           this text

            Example
              windrow logs nightly job_result.txt
              windrow logs nightly user/stdout/0/process000.stdout.txt -f
            """;

    private static final String DUMP =
            """
            windrow dump NAME [FILE] [--overwrite]
            Writes a job as YAML, with what the command line had changed; to standard output
            unless a file is named. Relative paths start from where it is written.
                  --overwrite      replace a file that is there
              -h, --help           this text

            Example
              windrow dump nightly again.yml
            """;

    private static final String PRUNE =
            """
            windrow prune [options]
            Removes the folders - ledger, logs, code - of jobs that have ended. Outputs stay.
            Jobs that can go on, and those that a process runs now, are never touched; failed and
            canceled ones cannot be resumed any more once they are removed.
                  --older-than AGE ended at least that long ago: 30m, 12h, 7d, 2w (default 7d)
                  --dry-run        only say what would be removed
              -h, --help           this text

            Example
              windrow prune --older-than 2w --dry-run
            """;

    private static final String COMPLETION =
            """
            windrow completion bash|zsh
            Prints a completion script.
              -h, --help           this text

            Example
              source <(windrow completion bash)
            """;
}
