package dev.windrow.worker.monitor;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the logs of one instance are.
 *
 * @param logs the job's log tree
 */
record LogFolders(Path logs, int instance) {

    static String process(int worker) {
        return "process%03d".formatted(worker);
    }

    private String number() {
        return Integer.toString(instance);
    }

    Path node() {
        return logs.resolve("sys").resolve("node").resolve(number());
    }

    Path perf() {
        return logs.resolve("sys").resolve("perf").resolve(number());
    }

    /** Lists of the machine's processes. */
    Path processLists() {
        return perf().resolve("os");
    }

    /** The instance's own log. */
    Path main() {
        return node().resolve("_main.txt");
    }

    /** What processes of the worker write to through descriptors 1 and 2. */
    List<Path> descriptorFiles(int worker) {
        String name = process(worker);
        return List.of(node().resolve(name + ".stdout.txt"), node().resolve(name + ".stderr.txt"));
    }

    /** What the worker itself writes; it bounds these files, and may leave tails beside them. */
    List<Path> workerFiles(int worker) {
        String name = process(worker);
        Path user = logs.resolve("user");
        return List.of(
                user.resolve("stdout").resolve(number()).resolve(name + ".stdout.txt"),
                user.resolve("stderr").resolve(number()).resolve(name + ".stderr.txt"),
                user.resolve("entry_script_log").resolve(number()).resolve(name + ".log.txt"),
                user.resolve("error").resolve(number()).resolve(name + ".txt"),
                node().resolve(name + ".txt"));
    }

    /** Empty unless the worker was killed for time. */
    Path stackFile(int worker) {
        return node().resolve(process(worker) + ".stack.txt");
    }
}
