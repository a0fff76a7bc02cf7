package dev.windrow.runtime.report;

/** {@code readme.txt}: what lies where in the log tree. */
final class Readme {

    static final String TEXT =
            """
            Logs of one Windrow job. The layout is that of an Azure ML parallel job.
            <node> is the number of an instance, processNNN one worker process on it.
            All times are UTC.

            Read in this order
              job_result.txt                      how the job ended, why, counts, times, outputs
              job_error.txt                       what went wrong; only there when something did
              user/error.txt                      errors of the script, each kind once, with counts
              user/error/<node>/processNNN.txt    full traces of the script's errors
              user/stderr, user/stdout            what the script printed
              user/entry_script_log               what it wrote to EntryScript().logger
              sys/job_report                      tables, see below
              sys/node/<node>/_main.txt           starts, ends and kills of worker processes

            All files
              job_progress_overview.<yyyymmddhh>.txt
                                                  progress while the job ran, a line each 10 s
              sys/environment.txt                 what pip said when the environment was made;
              sys/node/<node>/environment.txt     that of an instance on another machine
              sys/master_role.txt                 who ran the job: one line for each take-over
              sys/master_role.<n>.txt             the n-th take-over
              sys/error/<node>/processNNN.txt     worker processes that died; _main.txt: lost leases
              sys/node/<node>/processNNN.txt      what each worker did
              sys/node/<node>/processNNN.stdout.txt, .stderr.txt
                                                  output of child processes and of C code
              sys/node/<node>/processNNN.stack.txt
                                                  where the script was when it was killed for time
              sys/perf/<node> (also perf/<node>)  CPU, memory, disk and network, if measured
              sys/perf/<node>/os/<yyyymmddhh>/processes_<MM>
                                                  the machine's processes at that minute, now and
                                                  then; the job's own with their arguments

            Output of one process is bounded: the beginning and the end are kept, and a line in
            square brackets says that bytes were cut. Files whose names end in .tail, .tail1 or
            .tail2 belong to the end of a file that is still being written.

            sys/job_report/processed_mini-batches.csv has a row for each delivery of a mini-batch
              Mini-batch Id, Picked Count         its index; which delivery of it this was
              Elapsed, Process Seconds            time in the worker, all of it
              Run Method Seconds                  time in run() alone; 0 when the process was killed
              Status                              RUN_DONE, RUN_EXCEPTION, RUN_TIMEOUT, or LEASE_LOST:
                                                  its instance was lost, which costs no retry
              Error Category                      Exception, BadReturn, Timeout, WorkerDied,
                                                  LoadFailed, InstanceLost
              Mini-batch Detail                   JSON; up to 10 file names. Above 100 000
                                                  mini-batches only rows that did not go well
                                                  have names.
            sys/job_report/process_summary.csv    the same summed up by process
            sys/job_report/node_summary.csv       ... and by instance
            Items in the summaries are counted where their mini-batch ended.
            """;

    private Readme() {}
}
