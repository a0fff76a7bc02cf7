package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.Environment;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.model.JobResources;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunFunction;
import dev.windrow.model.RunSettings;
import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a job back into the YAML mapping it is read from, in the order of the table of fields. */
final class JobTree {
    private final ParallelJob job;
    private final Map<String, @Nullable YamlNode> root = new LinkedHashMap<>();

    private JobTree(ParallelJob job) {
        this.job = job;
    }

    static Mapping of(ParallelJob job) {
        JobTree tree = new JobTree(job);
        tree.labels();
        tree.work();
        tree.settings();
        tree.root.put("task", tree.task());
        Mapping mapping = mapping(tree.root);
        KeptKeys.merge(mapping, job.kept());
        return ordered(mapping);
    }

    /** Kept keys come last in a merge; those the table knows go where they belong. */
    private static Mapping ordered(Mapping mapping) {
        Mapping ordered = Mapping.empty(Place.NONE);
        for (String name : FieldTable.of(Section.JOB).keySet()) {
            @Nullable Entry entry = mapping.entries().get(name);
            if (entry != null) {
                ordered.entries().put(name, entry);
            }
        }
        mapping.entries().forEach(ordered.entries()::putIfAbsent);
        return ordered;
    }

    private void labels() {
        JobLabels labels = job.labels();
        root.put("type", text("parallel"));
        root.put("name", text(labels.name().map(JobName::value)));
        root.put("display_name", text(labels.displayName()));
        root.put("description", text(labels.description()));
        root.put("tags", texts(labels.tags()));
        root.put("properties", texts(labels.properties()));
        root.put("experiment_name", text(labels.experimentName()));
    }

    private void work() {
        root.put("compute", text(job.placement().compute()));
        root.put(
                "identity",
                mapping(
                        "type",
                        text(
                                job.placement()
                                        .identity()
                                        .map(Identity::kind)
                                        .map(Identity.Kind::yaml))));
        Map<String, @Nullable YamlNode> inputs = new LinkedHashMap<>();
        job.inputs().forEach((name, input) -> inputs.put(name, input(name, input)));
        root.put("inputs", orNothing(mapping(inputs)));
        Map<String, @Nullable YamlNode> outputs = new LinkedHashMap<>();
        job.outputs().forEach((name, output) -> outputs.put(name, output(output)));
        root.put("outputs", orNothing(mapping(outputs)));
        root.put("input_data", text(Expression.written("inputs", job.split().input())));
        root.put("output_data", reference(job.outputData()));
        root.put("mini_batch_size", size());
        root.put("partition_keys", list(job.split().partitionKeys()));
    }

    private void settings() {
        RunSettings settings = job.settings();
        FailureLimits limits = settings.failureLimits();
        RetrySettings retries = settings.retrySettings();
        root.put("mini_batch_error_threshold", whole(limits.miniBatchErrorThreshold()));
        root.put("error_threshold", whole(limits.errorThreshold()));
        root.put("max_concurrency_per_instance", whole(settings.maxConcurrencyPerInstance()));
        root.put("logging_level", text(settings.loggingLevel().map(Enum::name)));
        Map<String, @Nullable YamlNode> retry = new LinkedHashMap<>();
        retry.put("max_retries", whole(retries.maxRetries()));
        retry.put("timeout", whole(retries.timeout()));
        root.put("retry_settings", orNothing(mapping(retry)));
        root.put("resources", orNothing(resources()));
        root.put("environment_variables", texts(settings.environmentVariables()));
        root.put("is_deterministic", job.isDeterministic().map(JobTree::truth).orElse(null));
    }

    private Mapping resources() {
        JobResources resources = job.placement().resources();
        Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
        nodes.put("instance_count", whole(resources.instanceCount()));
        nodes.put("max_instance_count", whole(resources.maxInstanceCount().map(Bindable::of)));
        nodes.put("instance_type", oneOrMore(resources.instanceType()));
        nodes.put("shm_size", text(resources.shmSize()));
        nodes.put("docker_args", oneOrMore(resources.dockerArgs()));
        nodes.put("locations", oneOrMore(resources.locations()));
        return mapping(nodes);
    }

    private Mapping task() {
        RunFunction task = job.task();
        Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
        nodes.put("type", text("run_function"));
        nodes.put("code", text(task.code()));
        nodes.put("entry_script", text(task.entryScript()));
        nodes.put("environment", task.environment().map(JobTree::environment).orElse(null));
        nodes.put("program_arguments", text(task.programArguments()));
        nodes.put("append_row_to", reference(task.appendRowTo()));
        return mapping(nodes);
    }

    private static YamlNode environment(Environment environment) {
        return switch (environment) {
            case Environment.Named(String reference) -> text(reference);
            case Environment.Inline inline -> {
                Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
                nodes.put("image", text(inline.image()));
                nodes.put("conda_file", text(inline.condaFile()));
                nodes.put("build", mapping("path", text(inline.buildPath())));
                yield mapping(nodes);
            }
        };
    }

    private YamlNode input(String name, Input input) {
        return switch (input) {
            case Input.Data data -> {
                Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
                nodes.put("type", text(data.type().map(type -> type.yaml())));
                nodes.put("path", text(data.path()));
                nodes.put("mode", text(data.mode().map(mode -> mode.yaml())));
                yield mapping(nodes);
            }
            case Input.Literal literal -> literal(name, literal);
            case Input.Absent(Optional<String> type) -> {
                Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
                nodes.put("type", text(type));
                nodes.put("optional", truth(true));
                yield mapping(nodes);
            }
        };
    }

    /** A literal that would read as something else, or has further keys, is written in full. */
    private YamlNode literal(String name, Input.Literal literal) {
        Scalar scalar = scalar(literal);
        boolean hasKept =
                job.kept().get("inputs") instanceof Map<?, ?> inputs
                        && inputs.get(name) instanceof Map<?, ?>;
        boolean readsBack =
                switch (literal.kind()) {
                    case STRING ->
                            !literal.text().startsWith(InputParser.ASSET)
                                    && !literal.text().contains("${{");
                    case INTEGER -> scalar.kind() == Kind.WHOLE;
                    case NUMBER -> scalar.kind() == Kind.NUMBER;
                    case BOOLEAN -> scalar.kind() == Kind.TRUTH;
                };
        if (readsBack && !hasKept) {
            return scalar;
        }
        Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
        nodes.put("type", text(literal.kind().yaml()));
        nodes.put("default", scalar);
        return mapping(nodes);
    }

    private static Scalar scalar(Input.Literal literal) {
        boolean text = literal.kind() == LiteralKind.STRING;
        Kind kind = text ? Kind.TEXT : CoreSchema.kindOf(literal.text());
        return new Scalar(Place.NONE, kind, literal.text());
    }

    private static YamlNode output(Output output) {
        Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
        nodes.put("type", text(output.type().map(type -> type.yaml())));
        nodes.put("mode", text(output.mode().map(mode -> mode.yaml())));
        nodes.put("path", text(output.path()));
        nodes.put("overwrite", output.overwrite().map(JobTree::truth).orElse(null));
        return mapping(nodes);
    }

    private @Nullable YamlNode size() {
        @Nullable Bindable<MiniBatchSize> size = job.split().miniBatchSize().orElse(null);
        return switch (size) {
            case null -> null;
            case Bindable.Given<MiniBatchSize>(MiniBatchSize value) -> text(value.text());
            case Bindable.Bound<MiniBatchSize>(String input) ->
                    text(Expression.written("inputs", input));
        };
    }

    private static @Nullable YamlNode whole(Optional<Bindable<Integer>> setting) {
        @Nullable Bindable<Integer> bindable = setting.orElse(null);
        return switch (bindable) {
            case null -> null;
            case Bindable.Given<Integer>(Integer value) ->
                    new Scalar(Place.NONE, Kind.WHOLE, value.toString());
            case Bindable.Bound<Integer>(String input) -> text(Expression.written("inputs", input));
        };
    }

    private static Scalar truth(boolean value) {
        return new Scalar(Place.NONE, Kind.TRUTH, Boolean.toString(value));
    }

    private static Scalar text(String text) {
        return new Scalar(Place.NONE, Kind.TEXT, text);
    }

    private static @Nullable YamlNode text(Optional<String> text) {
        return text.map(JobTree::text).orElse(null);
    }

    private static @Nullable YamlNode reference(Optional<String> output) {
        return text(output.map(name -> Expression.written("outputs", name)));
    }

    private static @Nullable YamlNode texts(Map<String, String> texts) {
        Map<String, @Nullable YamlNode> nodes = new LinkedHashMap<>();
        texts.forEach((key, value) -> nodes.put(key, text(value)));
        return orNothing(mapping(nodes));
    }

    private static @Nullable YamlNode list(List<String> texts) {
        List<YamlNode> nodes = texts.stream().<YamlNode>map(JobTree::text).toList();
        return nodes.isEmpty() ? null : new Sequence(Place.NONE, nodes);
    }

    private static @Nullable YamlNode oneOrMore(List<String> texts) {
        return texts.size() == 1 ? text(texts.getFirst()) : list(texts);
    }

    private static @Nullable YamlNode orNothing(Mapping mapping) {
        return mapping.entries().isEmpty() ? null : mapping;
    }

    private static @Nullable YamlNode mapping(String key, @Nullable YamlNode value) {
        return value == null ? null : mapping(Map.of(key, value));
    }

    private static Mapping mapping(Map<String, ? extends @Nullable YamlNode> nodes) {
        Mapping mapping = Mapping.empty(Place.NONE);
        nodes.forEach((key, value) -> {
            if (value != null) {
                mapping.entries().put(key, new Entry(Place.NONE, value));
            }
        });
        return mapping;
    }
}
