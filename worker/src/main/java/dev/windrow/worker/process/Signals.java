package dev.windrow.worker.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Signals to processes and process groups, which the JDK cannot send. Loaded only when something
 * has to be killed.
 */
final class Signals {

    static final int KILL = 9;
    static final int STACK_DUMP = isMac() ? 31 : 12;

    // Launchers and manifests allow native access; the JDK has no other way to a process group.
    @SuppressWarnings("restricted")
    private static final MethodHandle KILL_FUNCTION =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));

    private Signals() {}

    private static boolean isMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }

    /** Sends to one process; nothing happens when it is gone. */
    static void send(long pid, int signal) {
        call(Math.toIntExact(pid), signal);
    }

    /** Sends to a process and everything in the group it leads. */
    static void sendToGroup(long pid, int signal) {
        call(-Math.toIntExact(pid), signal);
    }

    private static void call(int target, int signal) {
        if (target == 0 || target == -1 || target == 1) {
            throw new IllegalArgumentException("pid: " + target + " (expected: a worker's)");
        }
        try {
            int ignored = (int) KILL_FUNCTION.invokeExact(target, signal);
        } catch (Throwable e) {
            throw new LinkageError("kill", e);
        }
    }
}
