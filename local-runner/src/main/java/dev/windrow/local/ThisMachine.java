package dev.windrow.local;

import com.sun.management.OperatingSystemMXBean;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.Machine;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.PythonSearch;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What this machine offers to jobs. */
final class ThisMachine {

    private ThisMachine() {}

    /** Looks at it; blocks until interpreters have told their versions. */
    static Machine look() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                Devices.find().indexes().size(),
                List.of(python(new PythonSearch(System.getenv()))));
    }

    private static HealthFinding python(PythonSearch search) {
        try {
            return switch (search.run()) {
                case PythonSearch.Answer.Found(String python, String version) ->
                        new HealthFinding(
                                "python", true, "Python %s at %s".formatted(version, python));
                case PythonSearch.Answer.None(String message) ->
                        new HealthFinding("python", false, message);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new HealthFinding("python", false, "nobody had the time to look for one");
        }
    }
}
