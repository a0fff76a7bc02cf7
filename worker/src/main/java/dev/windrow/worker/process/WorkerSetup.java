package dev.windrow.worker.process;

import dev.windrow.worker.environment.MadeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every worker of an agent is told when it starts.
 *
 * @param python the interpreter
 * @param epoch of the ledger; segments of different epochs have different names
 * @param argv arguments of the script
 * @param environment variables of the user's
 * @param outputFolder for {@code EntryScript().output_dir}
 * @param appends true when rows are kept; else they are only counted
 * @param dataframeHeader keep the head of tables
 * @param stdoutLimit bytes of output kept per process
 * @param profile module that profiles each worker
 * @param devices GPU indexes to hand out by place; empty when the machine has none
 */
public record WorkerSetup(
        String python,
        String job,
        long epoch,
        int agent,
        String entryScript,
        List<String> argv,
        Map<String, String> environment,
        Optional<String> outputFolder,
        boolean appends,
        boolean dataframeHeader,
        String loggingLevel,
        long stdoutLimit,
        Optional<String> profile,
        List<String> devices) {

    public WorkerSetup {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        devices = List.copyOf(devices);
    }

    /** The same with another interpreter and other devices, as another machine has them. */
    public WorkerSetup on(String itsPython, List<String> itsDevices) {
        return new WorkerSetup(
                itsPython,
                job,
                epoch,
                agent,
                entryScript,
                argv,
                environment,
                outputFolder,
                appends,
                dataframeHeader,
                loggingLevel,
                stdoutLimit,
                profile,
                itsDevices);
    }

    /**
     * The same in an environment that was made for it.
     *
     * @param path of the agent, for a user who sets none
     */
    public WorkerSetup within(MadeEnvironment made, String path) {
        return new WorkerSetup(
                made.python(),
                job,
                epoch,
                agent,
                entryScript,
                argv,
                made.active(environment, path),
                outputFolder,
                appends,
                dataframeHeader,
                loggingLevel,
                stdoutLimit,
                profile,
                devices);
    }

    /** The name of a worker's segment: never used twice in the life of a job. */
    String segmentOf(int worker) {
        return "e%d-i%d-w%d.rows".formatted(epoch, agent, worker);
    }
}
