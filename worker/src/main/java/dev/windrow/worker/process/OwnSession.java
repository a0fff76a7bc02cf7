package dev.windrow.worker.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Takes a process out of the terminal and the group it was started from. */
public final class OwnSession {

    private OwnSession() {}

    /**
     * Makes this process the leader of a session of its own, so that signals meant for whoever
     * started it do not reach it. Does nothing when it leads a group already.
     */
    // Launchers and manifests allow native access; the JDK has no other way to a session.
    @SuppressWarnings("restricted")
    public static void begin() {
        Linker linker = Linker.nativeLinker();
        try {
            int _ =
                    (int)
                            linker.downcallHandle(
                                            linker.defaultLookup().findOrThrow("setsid"),
                                            FunctionDescriptor.of(ValueLayout.JAVA_INT))
                                    .invokeExact();
        } catch (Throwable e) {
            throw new LinkageError("setsid", e);
        }
    }
}
