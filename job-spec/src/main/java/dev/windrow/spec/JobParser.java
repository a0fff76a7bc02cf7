package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.Environment;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.model.JobResources;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.Placement;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunFunction;
import dev.windrow.model.RunSettings;
import dev.windrow.model.Split;
import dev.windrow.spec.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a job of a YAML mapping; worth something only if no mistake was found on the way. */
final class JobParser {
    /** Stands for required fields that are missing; the mistake has been noted by then. */
    private static final String MISSING = "missing";

    private final ReadContext context;
    private final SectionReader root;

    JobParser(ReadContext context, Mapping mapping) {
        this.context = context;
        this.root = new SectionReader(context, Section.JOB, mapping, List.of());
    }

    ParallelJob parse() {
        root.choice("type");
        Optional<String> splitInput = root.reference("input_data");
        Split split =
                new Split(
                        splitInput.orElse(MISSING),
                        root.size("mini_batch_size"),
                        root.texts("partition_keys"));
        ParallelJob.Builder job =
                ParallelJob.builder(split, task())
                        .labels(labels())
                        .inputs(inputs(splitInput))
                        .outputs(outputs())
                        .settings(settings())
                        .placement(placement());
        root.reference("output_data").ifPresent(job::outputData);
        root.flag("is_deterministic").ifPresent(job::isDeterministic);
        return job.kept(context.kept()).build();
    }

    private JobLabels labels() {
        return new JobLabels(
                root.word("name").map(JobName::new),
                root.text("display_name"),
                root.text("description"),
                root.text("experiment_name"),
                root.textMap("tags"),
                root.textMap("properties"));
    }

    private Map<String, Input> inputs(Optional<String> splitInput) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        InputParser parser = new InputParser(context, splitInput);
        root.named("inputs")
                .forEach((name, entry) ->
                        parser.parse(name, entry).ifPresent(input -> inputs.put(name, input)));
        return inputs;
    }

    private Map<String, Output> outputs() {
        Map<String, Output> outputs = new LinkedHashMap<>();
        OutputParser parser = new OutputParser(context);
        root.named("outputs")
                .forEach((name, entry) ->
                        parser.parse(name, entry).ifPresent(output -> outputs.put(name, output)));
        return outputs;
    }

    private RunSettings settings() {
        FailureLimits limits =
                new FailureLimits(
                        root.bindableWhole("error_threshold"),
                        root.bindableWhole("mini_batch_error_threshold"));
        RetrySettings retries =
                root.section("retry_settings")
                        .map(section ->
                                new RetrySettings(
                                        section.bindableWhole("max_retries"),
                                        section.bindableWhole("timeout")))
                        .orElse(RetrySettings.unset());
        return new RunSettings(
                limits,
                retries,
                root.bindableWhole("max_concurrency_per_instance"),
                root.choice("logging_level", LoggingLevel.class),
                root.textMap("environment_variables"));
    }

    private Placement placement() {
        Optional<Identity> identity =
                root.section("identity")
                        .flatMap(section -> section.choice("type", Identity.Kind.class))
                        .map(Identity::new);
        return new Placement(root.word("compute"), resources(), identity);
    }

    private JobResources resources() {
        Optional<SectionReader> section = root.section("resources");
        Optional<Bindable<Integer>> nested = section.flatMap(JobParser::instances);
        Optional<Bindable<Integer>> promoted = instances(root);
        conflict("instance_count", nested, promoted, "resources.instance_count");
        return new JobResources(
                nested.or(() -> promoted),
                section.flatMap(reader -> reader.whole("max_instance_count")),
                section.map(reader -> reader.texts("instance_type")).orElse(List.of()),
                section.flatMap(reader -> reader.word("shm_size")),
                section.map(reader -> reader.texts("docker_args")).orElse(List.of()),
                section.map(reader -> reader.texts("locations")).orElse(List.of()));
    }

    private static Optional<Bindable<Integer>> instances(SectionReader reader) {
        return reader.bindableWhole("instance_count")
                .filter(count ->
                        !count.equals(Bindable.of(0))
                                || reader.invalid(
                                        "instance_count",
                                        "0",
                                        "1 or more, or -1 for all there are"));
    }

    private RunFunction task() {
        Optional<SectionReader> section = root.section("task");
        section.ifPresent(this::checkTaskType);
        Optional<String> code = section.flatMap(reader -> reader.word("code"));
        Optional<String> rootCode = root.word("code");
        conflict("code", code, rootCode, "task.code");
        Optional<String> rows = section.flatMap(reader -> reader.reference("append_row_to"));
        Optional<String> rootRows = root.reference("append_row_to");
        conflict("append_row_to", rows, rootRows, "task.append_row_to");
        return new RunFunction(
                code.or(() -> rootCode),
                section.flatMap(reader -> reader.word("entry_script")).orElse(MISSING),
                section.flatMap(reader -> reader.text("program_arguments")),
                section.flatMap(JobParser::environment),
                rows.or(() -> rootRows));
    }

    private void checkTaskType(SectionReader task) {
        if (task.choice("type").filter("function"::equals).isPresent()) {
            context.problems()
                    .warn(
                            "task.type",
                            task.find("type").map(YamlNode::place).orElse(task.place()),
                            "task.type: function is the old word, taken for run_function");
        }
    }

    private static Optional<Environment> environment(SectionReader task) {
        Optional<YamlNode> node = task.find("environment");
        if (node.isPresent() && node.get() instanceof YamlNode.Scalar) {
            return task.word("environment").map(Environment.Named::new);
        }
        return task.section("environment").map(JobParser::inline);
    }

    private static Environment inline(SectionReader section) {
        boolean inlineConda =
                section.find("conda_file").filter(Mapping.class::isInstance).isPresent();
        if (inlineConda) {
            section.keepPlain("conda_file");
            section.notePlaces("conda_file");
        }
        return new Environment.Inline(
                section.word("image"),
                inlineConda ? Optional.empty() : section.word("conda_file"),
                section.section("build").flatMap(build -> build.word("path")));
    }

    private <T> void conflict(
            String name, Optional<T> nested, Optional<T> promoted, String nestedPath) {
        if (nested.isPresent() && promoted.isPresent() && !nested.equals(promoted)) {
            String value = root.text(name).orElse("");
            context.problems()
                    .add(
                            MistakeCode.CONFLICT,
                            root.find(name).map(YamlNode::place).orElse(root.place()),
                            name,
                            value,
                            "the same value as " + nestedPath + ", or only one of the two");
        }
    }
}
