package dev.windrow.client;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which log files of a job are listed.
 *
 * @param instance number of the instance they are of
 * @param process name of the worker they are of, such as {@code process000}
 * @param miniBatch index of the mini-batch whose workers they are of
 */
public record LogFilter(OptionalInt instance, Optional<String> process, OptionalInt miniBatch) {

    /** All files. */
    public static LogFilter all() {
        return new LogFilter(OptionalInt.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** The same, of one instance. */
    public LogFilter ofInstance(int number) {
        return new LogFilter(OptionalInt.of(number), process, miniBatch);
    }

    /** The same, of workers of this name. */
    public LogFilter ofProcess(String name) {
        return new LogFilter(instance, Optional.of(name), miniBatch);
    }

    /** The same, of the workers that ran this mini-batch. */
    public LogFilter ofMiniBatch(int index) {
        return new LogFilter(instance, process, OptionalInt.of(index));
    }

    Call on(Call listing) {
        Call call = listing;
        if (instance.isPresent()) {
            call = call.query("instance", Integer.toString(instance.getAsInt()));
        }
        if (process.isPresent()) {
            call = call.query("process", process.get());
        }
        if (miniBatch.isPresent()) {
            call = call.query("mini_batch", Integer.toString(miniBatch.getAsInt()));
        }
        return call;
    }
}
