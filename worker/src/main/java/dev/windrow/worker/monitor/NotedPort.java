package dev.windrow.worker.monitor;

import dev.windrow.worker.core.Work;
import dev.windrow.worker.core.WorkerPort;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Passes every order on, and notes those that start or end a worker.
 *
 * @param starting is told of a worker before it is started
 * @param ending is told of a worker before it is asked or made to end
 */
record NotedPort(WorkerPort port, IntConsumer starting, IntConsumer ending, Consumer<String> notes)
        implements WorkerPort {

    @Override
    public void start(int worker, int slot) {
        starting.accept(worker);
        notes.accept("%s starts, in place %d".formatted(LogFolders.process(worker), slot));
        port.start(worker, slot);
    }

    @Override
    public void send(int worker, Work work) {
        port.send(worker, work);
    }

    @Override
    public void push() {
        port.push();
    }

    @Override
    public void shutdown(int worker) {
        ending.accept(worker);
        notes.accept(LogFolders.process(worker) + " is asked to call shutdown() and end");
        port.shutdown(worker);
    }

    @Override
    public void kill(int worker, boolean dumpStack) {
        ending.accept(worker);
        String name = LogFolders.process(worker);
        notes.accept(
                dumpStack
                        ? name
                                + " is over its time and is killed; where it was: "
                                + name
                                + ".stack.txt"
                        : name + " is killed");
        port.kill(worker, dumpStack);
    }
}
