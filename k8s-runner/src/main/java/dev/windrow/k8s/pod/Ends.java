package dev.windrow.k8s.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a container has ended. */
final class Ends {

    private static final int SIGNALED = 128;
    private static final int KILLED = 137;
    private static final int TOLD_TO_END = 143;
    private static final int LINE_MAX = 300;

    private Ends() {}

    static String outOfMemory(Pod pod, String container) {
        Optional<String> limit =
                Stream.concat(
                                pod.getSpec().getInitContainers().stream(),
                                pod.getSpec().getContainers().stream())
                        .filter(one -> one.getName().equals(container))
                        .flatMap(Ends::memoryLimit)
                        .findFirst();
        return "needed more memory than it may have"
                + limit.map(text -> ", which is " + text).orElse("")
                + ", and was killed";
    }

    private static Stream<String> memoryLimit(Container container) {
        if (container.getResources() == null || container.getResources().getLimits() == null) {
            return Stream.empty();
        }
        Quantity limit = container.getResources().getLimits().get("memory");
        return limit == null ? Stream.empty() : Stream.of(limit.toString());
    }

    /**
     * An end by an exit status.
     *
     * @param last line that was written before; may be empty
     * @param always whether it would end so each time
     */
    static PodReading of(String what, int status, String last, boolean always) {
        String why = last.isEmpty() ? "" : ": " + last;
        if (status == KILLED || status == TOLD_TO_END) {
            // What it wrote before has nothing to do with that.
            return PodReading.lost(what + (status == KILLED ? " was killed" : " was told to end"));
        }
        String how =
                status > SIGNALED
                        ? " was killed by signal " + (status - SIGNALED)
                        : " ended with exit status " + status;
        boolean broken = always || status < SIGNALED;
        return broken ? PodReading.broken(what + how + why) : PodReading.lost(what + how + why);
    }

    static String lastLine(String message) {
        List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
        String last = lines.isEmpty() ? "" : lines.getLast().strip();
        return last.length() <= LINE_MAX ? last : last.substring(0, LINE_MAX) + "…";
    }
}
