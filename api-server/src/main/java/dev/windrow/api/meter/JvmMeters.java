package dev.windrow.api.meter;

import io.micrometer.core.instrument.Tags;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the Java machine tells of itself. */
final class JvmMeters {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private JvmMeters() {}

    static void in(ServerMeters meters) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Tags heap = Tags.of("area", "heap");
        Tags other = Tags.of("area", "nonheap");
        meters.gauge(MeterCatalogue.MEMORY, heap, () -> memory.getHeapMemoryUsage().getUsed());
        meters.gauge(MeterCatalogue.MEMORY, other, () -> memory.getNonHeapMemoryUsage().getUsed());
        meters.gauge(MeterCatalogue.MEMORY_MOST, heap, () -> memory.getHeapMemoryUsage().getMax());
        meters.gauge(
                MeterCatalogue.MEMORY_MOST, other, () -> memory.getNonHeapMemoryUsage().getMax());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        meters.gauge(MeterCatalogue.THREADS, Tags.empty(), threads::getThreadCount);
        for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            meters.counted(
                    MeterCatalogue.COLLECTING,
                    Tags.of("collector", one.getName()),
                    () -> seconds(Math.max(0, one.getCollectionTime())));
        }
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        meters.gauge(MeterCatalogue.UPTIME, Tags.empty(), () -> seconds(runtime.getUptime()));
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        meters.counted(MeterCatalogue.CPU, Tags.empty(), () -> processor(system));
        meters.gauge(MeterCatalogue.FILES, Tags.empty(), () -> files(system));
    }

    private static double seconds(long millis) {
        return Duration.ofMillis(millis).toNanos() / NANOS;
    }

    private static double processor(OperatingSystemMXBean system) {
        return system instanceof com.sun.management.OperatingSystemMXBean known
                ? Math.max(0, known.getProcessCpuTime()) / NANOS
                : 0;
    }

    private static long files(OperatingSystemMXBean system) {
        return system instanceof com.sun.management.UnixOperatingSystemMXBean known
                ? known.getOpenFileDescriptorCount()
                : -1;
    }
}
