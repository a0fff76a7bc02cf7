package dev.windrow.model;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parallel job as its author wrote it: what was not set stays unset.
 *
 * @param outputData name of the output that Azure's {@code output_data} names
 * @param isDeterministic whether a former run's output may be used again
 * @param kept keys that are carried along but not read, as a tree that mirrors the job file
 */
public record ParallelJob(
        JobLabels labels,
        Map<String, Input> inputs,
        Map<String, Output> outputs,
        Split split,
        RunSettings settings,
        Placement placement,
        RunFunction task,
        Optional<String> outputData,
        Optional<Boolean> isDeterministic,
        Map<String, @Nullable Object> kept) {
    /** Copies the maps; references between fields are checked by whoever reads or builds a job. */
    public ParallelJob {
        inputs = Rules.copy(inputs);
        outputs = Rules.copy(outputs);
        kept = Rules.deepCopy(kept);
    }

    /** Starts a job from what every job has: the input it splits and its script. */
    public static Builder builder(Split split, RunFunction task) {
        return new Builder(split, task);
    }

    /** Starts from this job, to change some of it. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects the parts of a job; not for more than one thread. */
    public static final class Builder {
        private Split split;
        private RunFunction task;
        private JobLabels labels = JobLabels.unset();
        private Map<String, Input> inputs = Map.of();
        private Map<String, Output> outputs = Map.of();
        private RunSettings settings = RunSettings.unset();
        private Placement placement = Placement.unset();
        private Optional<String> outputData = Optional.empty();
        private Optional<Boolean> isDeterministic = Optional.empty();
        private Map<String, @Nullable Object> kept = Map.of();

        private Builder(Split split, RunFunction task) {
            this.split = split;
            this.task = task;
        }

        private Builder(ParallelJob job) {
            this(job.split, job.task);
            labels = job.labels;
            inputs = job.inputs;
            outputs = job.outputs;
            settings = job.settings;
            placement = job.placement;
            outputData = job.outputData;
            isDeterministic = job.isDeterministic;
            kept = job.kept;
        }

        /** Sets which input is split, and how. */
        public Builder split(Split value) {
            split = value;
            return this;
        }

        /** Sets the script. */
        public Builder task(RunFunction value) {
            task = value;
            return this;
        }

        /** Sets name, tags and the like. */
        public Builder labels(JobLabels value) {
            labels = value;
            return this;
        }

        /** Sets all inputs by name. */
        public Builder inputs(Map<String, Input> value) {
            inputs = value;
            return this;
        }

        /** Sets all outputs by name. */
        public Builder outputs(Map<String, Output> value) {
            outputs = value;
            return this;
        }

        /** Sets limits, retries and workers. */
        public Builder settings(RunSettings value) {
            settings = value;
            return this;
        }

        /** Sets where the job runs. */
        public Builder placement(Placement value) {
            placement = value;
            return this;
        }

        /** Sets the output that {@code output_data} names. */
        public Builder outputData(String output) {
            outputData = Optional.of(output);
            return this;
        }

        /** Sets whether a former run's output may be used again. */
        public Builder isDeterministic(boolean value) {
            isDeterministic = Optional.of(value);
            return this;
        }

        /** Sets the keys that are carried along. */
        public Builder kept(Map<String, @Nullable Object> value) {
            kept = value;
            return this;
        }

        /** Makes the job. */
        public ParallelJob build() {
            return new ParallelJob(
                    labels,
                    inputs,
                    outputs,
                    split,
                    settings,
                    placement,
                    task,
                    outputData,
                    isDeterministic,
                    kept);
        }
    }
}
