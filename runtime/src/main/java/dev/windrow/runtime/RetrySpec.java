package dev.windrow.runtime;

import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The job file of a retry: the old one with another name, and its rows elsewhere. */
record RetrySpec(RetryOrder order) {

    /** The property that names the old job. */
    static final String RETRY_OF = "retry_of";

    ParallelJob of(ParallelJob job) {
        Map<String, Output> outputs = new LinkedHashMap<>(job.outputs());
        job.task()
                .appendRowTo()
                .ifPresent(rows -> outputs.computeIfPresent(rows, (_, output) -> beside(output)));
        return job.toBuilder()
                .labels(labels(job.labels()))
                .outputs(outputs)
                .task(task(job))
                .build();
    }

    private JobLabels labels(JobLabels labels) {
        Map<String, String> properties = new LinkedHashMap<>(labels.properties());
        properties.put(RETRY_OF, order.old());
        return new JobLabels(
                Optional.of(new JobName(order.name())),
                labels.displayName(),
                labels.description(),
                labels.experimentName(),
                labels.tags(),
                properties);
    }

    private RunFunction task(ParallelJob job) {
        RunFunction task = job.task();
        return new RunFunction(
                order.code().or(task::code),
                task.entryScript(),
                task.programArguments(),
                task.environment(),
                task.appendRowTo());
    }

    /** Rows are never written over those of the old job: its name makes way for the new one. */
    private Output beside(Output output) {
        Optional<String> path =
                output.path().filter(text -> !text.matches("(?s).*[$][{][{] *name *[}][}].*"));
        return path.map(text -> output.withPath(beside(text, output))).orElse(output);
    }

    private String beside(String text, Output output) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        int dot = path.lastIndexOf('.');
        boolean named =
                dot > path.lastIndexOf('/') + 1
                        && output.effectiveType() == dev.windrow.model.DataType.URI_FILE;
        return named
                ? path.substring(0, dot) + "-" + order.name() + path.substring(dot)
                : path + "-" + order.name();
    }
}
