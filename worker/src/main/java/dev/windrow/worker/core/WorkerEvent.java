package dev.windrow.worker.core;

import dev.windrow.protocol.Cause;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Timing;

/** What an agent hears from its workers, in the order in which it happened to one worker. */
public sealed interface WorkerEvent {

    int worker();

    /** {@code init()} has returned. */
    record Ready(int worker) implements WorkerEvent {}

    /** The interpreter cannot even run the harness; the worker ends. */
    record NotStarted(int worker, String message) implements WorkerEvent {}

    /** The script could not be loaded; the worker ends. */
    record LoadFailed(int worker, Problem problem) implements WorkerEvent {}

    /** {@code init()} failed; the worker ends. */
    record InitFailed(int worker, Problem problem) implements WorkerEvent {}

    /** A mini-batch returned; its rows are written, not flushed. */
    record Done(int worker, int index, Timing timing, long returned, RowSpan rows)
            implements WorkerEvent {}

    /** A mini-batch did not return a valid value. */
    record Failed(int worker, int index, Timing timing, Cause cause, Problem problem)
            implements WorkerEvent {}

    /** The rows could not be written: no fault of the mini-batch. */
    record RowsUnwritable(int worker, int index, String message) implements WorkerEvent {}

    /**
     * The process is gone, and nothing more will come from it.
     *
     * @param how such as {@code exit status 1} or {@code killed by signal 9}
     */
    record Exited(int worker, String how) implements WorkerEvent {}
}
