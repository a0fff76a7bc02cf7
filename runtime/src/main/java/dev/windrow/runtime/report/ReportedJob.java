package dev.windrow.runtime.report;

import dev.windrow.engine.store.JobStore;
import dev.windrow.model.Setting;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.PlanNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The job that is reported on.
 *
 * @param settings what it ran by, in the order of printing
 * @param outputs where each output is, by name
 * @param partial where rows are kept when the job does not complete; empty when it collects none
 * @param names reads the payload of a plan's chunk
 */
public record ReportedJob(
        String name,
        JobFolder folder,
        JobStore store,
        List<Setting> settings,
        Map<String, String> outputs,
        Optional<String> partial,
        Function<byte[], PlanNames> names) {

    public ReportedJob {
        settings = List.copyOf(settings);
    }
}
